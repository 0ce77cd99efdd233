/** Servers of one database behind a switch: one is taken out, emptied, stopped and started anew, while the others answer. */
import type { Answer, SendOptions } from './concord.ts';
import { send } from './concord.ts';
import { type Started, startCommand } from './process.ts';

interface Server {
  readonly origin: string;
  readonly process: Started;
  underWay: number;
  /** Called when the last request under way is answered. */
  emptied: (() => void) | undefined;
}

export interface RollingServers {
  /** One request to the next server in turn. Nobody tries again: what fails has failed. */
  send(
    method: string,
    path: string,
    credentials: Readonly<Record<string, string>>,
    options?: SendOptions,
  ): Promise<Answer>;
  /** One server after another is replaced by one with this environment. */
  roll(environment: NodeJS.ProcessEnv): Promise<void>;
  /** The logs of all that ever ran. */
  logs(): string;
  stop(): Promise<void>;
}

export async function rollingServers(count: number, environment: NodeJS.ProcessEnv): Promise<RollingServers> {
  const all: Started[] = [];
  let servers = await Promise.all(Array.from({ length: count }, () => start(environment)));
  let turn = 0;

  async function start(settings: NodeJS.ProcessEnv): Promise<Server> {
    const process = await startCommand(['serve', '--port', '0', '--log-level', 'warn'], settings);
    all.push(process);
    return {
      origin: process.line.replace('Concord answers on ', ''),
      process,
      underWay: 0,
      emptied: undefined,
    };
  }

  async function retire(server: Server): Promise<void> {
    servers = servers.filter(each => each !== server);
    if (server.underWay > 0) {
      const { promise, resolve } = Promise.withResolvers<void>();
      server.emptied = resolve;
      await promise;
    }
    const code = await server.process.stop();
    if (code !== 0) throw new Error(`a server ended with ${code}: ${server.process.errors()}`);
  }

  return {
    async send(method, path, credentials, options = {}) {
      const server = servers[turn++ % servers.length]!;
      server.underWay += 1;
      try {
        return await send(server.origin + path, method, credentials, options);
      } finally {
        server.underWay -= 1;
        if (server.underWay === 0) server.emptied?.();
      }
    },
    async roll(settings) {
      for (const old of [...servers]) {
        servers = [...servers, await start(settings)];
        await retire(old);
      }
    },
    logs: () => all.map(each => each.errors()).join(''),
    stop: async () => {
      await Promise.all(all.map(each => each.stop()));
    },
  };
}
