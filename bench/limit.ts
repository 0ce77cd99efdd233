/**
 * The limit: a bare `node:http` server with one hand-written prepared statement for a read and one for a write,
 * on the same database with the same driver, and nothing of what a product has to do. A child process of the
 * benchmark; its pool size is an argument, so that the benchmark can find the best.
 */
import { createServer } from 'node:http';
import { connect, type Target } from '../src/store/connection.ts';

const { target, connections } = JSON.parse(process.argv[2]!) as { target: Target; connections: number };
const sql = connect(target, { connections, application: 'concord bench limit' });

const server = createServer((request, response) => {
  const number = Number(request.url!.slice(1));
  const send = (body: string) => {
    response.setHeader('content-type', 'application/json; charset=utf-8');
    response.end(body);
  };
  const fail = () => response.writeHead(500).end();
  if (request.method === 'GET') {
    sql`select body from concord_bench.customer where number = ${number}`.then(
      rows => send(rows[0]!.body as string),
      fail,
    );
    return;
  }
  const chunks: Buffer[] = [];
  request.on('data', chunk => chunks.push(chunk));
  request.on('end', () => {
    const street = JSON.stringify(JSON.parse(Buffer.concat(chunks).toString()).street);
    sql`update concord_bench.customer set body = jsonb_set(body, '{street}', ${street}::jsonb) where number = ${number}`.then(
      () => send('{}'),
      fail,
    );
  });
});

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send!({ origin: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}` });
});
process.on('disconnect', () => process.exit(0));
