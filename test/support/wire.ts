/**
 * A wire between a server and PostgreSQL that understands what passes: it counts statements and rows, and can put other
 * words into statements. PostgreSQL's protocol 3.0, "Message Formats".
 */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import type { Target } from '../../src/store/connection.ts';

/** What passed since the wire was opened. */
export interface Passed {
  /** The texts of statements, each time that one was carried out. */
  readonly statements: string[];
  rows: number;
}

export interface Wire {
  readonly databaseUrl: string;
  readonly passed: Passed;
  close(): Promise<void>;
}

const TYPE_AND_LENGTH = 5;

/** `rewrite` gets each statement before PostgreSQL does. Without TLS, as on a socket. */
export async function openWire(target: Target, rewrite: (sql: string) => string = sql => sql): Promise<Wire> {
  if (!('path' in target)) throw new Error('the database is reached through a socket');
  const passed: Passed = { statements: [], rows: 0 };
  const sockets = new Set<Socket>();
  const server = createServer(client => {
    const database = connect(target.path);
    for (const [one, other] of [
      [client, database],
      [database, client],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
    const forward = statementReader(passed, rewrite);
    const back = messages(false, (type, body) => {
      if (type === 'D') passed.rows += 1;
      return body;
    });
    client.on('data', chunk => database.write(forward(chunk as Buffer)));
    database.on('data', chunk => client.write(back(chunk as Buffer)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return {
    databaseUrl: `postgres://${target.username}@127.0.0.1:${port}/${target.database}`,
    passed,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Statements are parsed once under a name and carried out often: of each connection the names are remembered. */
function statementReader(passed: Passed, rewrite: (sql: string) => string): (chunk: Buffer) => Buffer {
  const parsed = new Map<string, string>();
  return messages(true, (type, body) => {
    if (type === 'Q') {
      const sql = body.toString('utf8', 0, body.length - 1);
      passed.statements.push(sql);
      return Buffer.from(`${rewrite(sql)}\0`);
    }
    if (type === 'P') {
      const [name, sql] = [textAt(body, 0), textAt(body, textAt(body, 0).bytes + 1)];
      parsed.set(name.text, sql.text);
      const rest = body.subarray(name.bytes + 1 + sql.bytes + 1);
      return Buffer.concat([Buffer.from(`${name.text}\0${rewrite(sql.text)}\0`), rest]);
    }
    if (type === 'B') {
      const portal = textAt(body, 0);
      passed.statements.push(parsed.get(textAt(body, portal.bytes + 1).text) ?? '');
    }
    return body;
  });
}

function textAt(body: Buffer, start: number): { readonly text: string; readonly bytes: number } {
  const end = body.indexOf(0, start);
  return { text: body.toString('utf8', start, end), bytes: end - start };
}

/** Cuts a stream into messages and joins them again; the first of a client has no type. */
function messages(
  isClient: boolean,
  pass: (type: string, body: Buffer) => Buffer,
): (chunk: Buffer) => Buffer {
  let waiting: Buffer = Buffer.alloc(0);
  let isFirst = isClient;
  return chunk => {
    waiting = Buffer.concat([waiting, chunk]);
    const out: Buffer[] = [];
    for (;;) {
      if (isFirst) {
        if (waiting.length < 4 || waiting.length < waiting.readInt32BE(0)) break;
        const length = waiting.readInt32BE(0);
        out.push(waiting.subarray(0, length));
        waiting = waiting.subarray(length);
        isFirst = false;
        continue;
      }
      if (waiting.length < TYPE_AND_LENGTH) break;
      const end = 1 + waiting.readInt32BE(1);
      if (waiting.length < end) break;
      const type = String.fromCharCode(waiting[0]!);
      const body = pass(type, waiting.subarray(TYPE_AND_LENGTH, end));
      const head = Buffer.alloc(TYPE_AND_LENGTH);
      head.write(type, 0, 'latin1');
      head.writeInt32BE(body.length + 4, 1);
      out.push(head, body);
      waiting = waiting.subarray(end);
    }
    return Buffer.concat(out);
  };
}
