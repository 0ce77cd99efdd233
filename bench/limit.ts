/**
 * The limit: a bare `node:http` server with one hand-written prepared statement for a read and one for a write, on the same
 * database with the same driver, and nothing of what a product has to do: nobody is authenticated, no history is kept. The
 * customer is one document in one row. A child process of the benchmark; the size of its pool is an argument, so that the
 * benchmark can find the best. With more than one process it is a cluster, as Concord is.
 */
import cluster from 'node:cluster';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect, type Sql, type Target } from '../src/store/connection.ts';

export interface LimitOrder {
  readonly target: Target;
  /** Of each process. */
  readonly connections: number;
  readonly processes: number;
}

export interface LimitStarted {
  readonly origin: string;
}

const order = JSON.parse(process.argv[2]!) as LimitOrder;

const createLimit = (sql: Sql) =>
  createServer((request, response) => {
    const number = Number(request.url!.slice(1));
    const send = (body: string) => {
      response.setHeader('content-type', 'application/json; charset=utf-8');
      response.end(body);
    };
    const fail = () => response.writeHead(500).end();
    if (request.method === 'GET') {
      sql`select body from concord_bench.customer where number = ${number}`
        .then(rows => send(rows[0]!.body as string))
        .catch(fail);
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', chunk => chunks.push(chunk));
    request.on('end', () => {
      const street = JSON.stringify(JSON.parse(Buffer.concat(chunks).toString()).street);
      sql`update concord_bench.customer set body = jsonb_set(body, '{street}', ${street}::jsonb) where number = ${number}`
        .then(() => send('{}'))
        .catch(fail);
    });
  });

async function serve(): Promise<number> {
  const sql = connect(order.target, { connections: order.connections, application: 'concord bench limit' });
  const server = createLimit(sql).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** The port 0 is the same free one in all processes of a cluster. */
async function startWorkers(): Promise<number> {
  const listening = Array.from({ length: order.processes }, () => once(cluster.fork(), 'listening'));
  const [[address]] = (await Promise.all(listening)) as [[{ port: number }]];
  return address.port;
}

if (cluster.isPrimary) {
  const port = order.processes === 1 ? await serve() : await startWorkers();
  const started: LimitStarted = { origin: `http://127.0.0.1:${port}` };
  process.send!(started);
} else {
  await serve();
}
// The workers lose their own channel when the primary ends.
process.on('disconnect', () => process.exit(0));
