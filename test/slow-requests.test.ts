/** Clients that send slowly or not to the end: told so in the vendor's way, in time, and no reason for an alarm. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { REQUEST_ARRIVAL_MILLISECONDS } from '../src/server/limits.ts';
import { faultsOfAnswer } from './support/contract.ts';
import { type Started, startCommand } from './support/process.ts';

/** One write of each dialect; the path of nobody is Concord's own to answer. */
const WRITES = {
  flecto: ['PUT', '/api/saas/me/customers/1/addresses/1'],
  flexportal: ['PUT', '/v1/customers/cust_1'],
  lightening: ['POST', '/address'],
  connectfi: ['POST', '/customer/update'],
  billbee: ['PUT', '/api/v1/customers/1'],
} as const;

describe('requests that do not arrive', () => {
  let directory: string;
  let running: Started;
  let port: number;
  let dialects: Record<string, { headers: Record<string, string> }>;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'concord-slow-'));
    const options = ['--json', '--port', '0', '--log-level', 'debug', '--data', directory];
    running = await startCommand(['demo', ...options]);
    const { origin, tenants } = JSON.parse(running.line);
    port = Number(new URL(origin).port);
    dialects = tenants[0].dialects;
  });
  after(async () => {
    await running.stop();
    await rm(directory, { recursive: true, force: true });
  });

  /** Sends a head that promises a body, and the first byte of it. */
  function begin(dialect: keyof typeof WRITES) {
    const [method, path] = WRITES[dialect];
    const headers = {
      ...dialects[dialect]!.headers,
      'content-type': 'application/json',
      'content-length': '100',
    };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const socket = connect(port, '127.0.0.1');
    socket.write(`${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n${lines.join('')}\r\n{`);
    return { socket, method, path };
  }

  it('get the vendor’s own 408 within the limit and two seconds', async () => {
    await Promise.all(
      (Object.keys(WRITES) as (keyof typeof WRITES)[]).map(async dialect => {
        const started = Date.now();
        const { socket, method, path } = begin(dialect);
        let answer = '';
        socket.setEncoding('utf8').on('data', chunk => {
          answer += chunk;
        });
        await once(socket, 'close');
        assert.ok(Date.now() - started < REQUEST_ARRIVAL_MILLISECONDS + 2_000, `${Date.now() - started} ms`);
        const [head = '', text = ''] = answer.split('\r\n\r\n');
        assert.match(head, /^HTTP\/1\.1 408 /);
        const contentType = /content-type: ([^\r]*)/i.exec(head)?.[1] ?? null;
        assert.deepEqual(faultsOfAnswer({ method, path, status: 408, contentType, text }), []);
      }),
    );
  });

  it('are no fault of ours when the client hangs up, or sends what is no HTTP', async () => {
    for (const dialect of Object.keys(WRITES) as (keyof typeof WRITES)[]) {
      const { socket } = begin(dialect);
      await sleep(50);
      socket.destroy();
    }
    const stranger = connect(port, '127.0.0.1');
    stranger.write('HELO\r\n\r\n');
    const [answer] = (await once(stranger.setEncoding('utf8'), 'data')) as [string];
    assert.match(answer, /^HTTP\/1\.1 400 Bad Request\r\n[\s\S]*\{"error":"Bad Request\."\}$/);
    await sleep(700);
    assert.doesNotMatch(running.errors(), /request\.failed|"level":50/);
  });

  it('are refused when the body is compressed: 415, or what the vendor says in its place', async () => {
    for (const [dialect, [method, path]] of Object.entries(WRITES)) {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
        method,
        headers: {
          ...dialects[dialect]!.headers,
          'content-type': 'application/json',
          'content-encoding': 'gzip',
        },
        body: '{}',
      });
      assert.equal(answer.status, dialect === 'flexportal' ? 400 : 415, dialect);
      await answer.text();
    }
  });
});
