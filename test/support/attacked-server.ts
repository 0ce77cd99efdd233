/** A server under attack: the demo in a process of its own, its memory, and an honest client beside the attackers. */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CredentialSpace } from '../../src/dialects/contract.ts';
import { type Started, startCommand } from './process.ts';

export interface AttackedServer {
  readonly port: number;
  readonly origin: string;
  readonly running: Started;
  readonly headers: Readonly<Record<CredentialSpace, Readonly<Record<string, string>>>>;
  /** Megabytes of memory that the server's process holds now. */
  memory(): number;
  /** One read of a customer on a connection of its own: status and milliseconds. */
  ask(): Promise<{ readonly status: number; readonly milliseconds: number }>;
  stop(): Promise<void>;
}

export async function attackedServer(): Promise<AttackedServer> {
  const directory = await mkdtemp(join(tmpdir(), 'concord-attacked-'));
  const options = ['--json', '--port', '0', '--log-level', 'warn', '--data', directory];
  const running = await startCommand(['demo', ...options]);
  const { origin, tenants } = JSON.parse(running.line);
  const [{ dialects, concord }] = tenants;
  const spaces = { ...dialects, concord } as Record<CredentialSpace, { headers: Record<string, string> }>;
  const headers = Object.fromEntries(
    Object.entries(spaces).map(([name, access]) => [name, access.headers]),
  ) as AttackedServer['headers'];
  return {
    port: Number(new URL(origin).port),
    origin,
    running,
    headers,
    memory() {
      const [, kilobytes] = /^VmRSS:\s+(\d+)/m.exec(
        readFileSync(`/proc/${running.process.pid}/status`, 'utf8'),
      )!;
      return Math.round(Number(kilobytes) / 1_024);
    },
    ask: () => askOnce(`${origin}/v1/customers?limit=1`, headers.flexportal),
    async stop() {
      await running.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function askOnce(url: string, headers: Readonly<Record<string, string>>) {
  const started = performance.now();
  return new Promise<{ status: number; milliseconds: number }>((resolve, reject) => {
    // Without an agent: a connection that is open already would hide that no new one is let in.
    request(url, { headers, agent: false }, answer => {
      answer
        .resume()
        .on('end', () =>
          resolve({ status: answer.statusCode ?? 0, milliseconds: Math.round(performance.now() - started) }),
        );
    })
      .on('error', reject)
      .end();
  });
}
