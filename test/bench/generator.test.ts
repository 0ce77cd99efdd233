/** The load generator: it counts what was answered, and takes nothing for an answer that is none. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { readAnswer } from '../../bench/connection.ts';
import { type Fired, fire, type Order, quantile } from '../../bench/generator.ts';
import type { Access } from '../../src/cli/demo/access.ts';

/** The limit's requests need no credentials. */
const order = (port: number, wish: Partial<Order> = {}): Order => ({
  origin: `http://127.0.0.1:${port}`,
  target: 'limit',
  kind: 'read',
  access: {} as Access,
  customers: 10,
  connections: 4,
  seconds: 0.2,
  ...wish,
});

async function serve(t: TestContext, listener: RequestListener): Promise<number> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** As the limit answers: the customer whose number is the path. */
const right: RequestListener = (request, response) =>
  response.end(request.method === 'GET' ? `{"familyName":"Sample ${request.url!.slice(1)}"}` : '{}');

const failuresOf = async (port: number, wish?: Partial<Order>): Promise<Fired> => fire(order(port, wish));

describe('the load generator', () => {
  it('counts each answer once, as the server does', async t => {
    let requests = 0;
    const port = await serve(t, (request, response) => {
      requests += 1;
      right(request, response);
    });
    const fired = await failuresOf(port);
    assert.equal(fired.failures, 0);
    assert.equal(fired.requests, requests);
    assert.ok(fired.answers > 0 && fired.answers <= requests && requests - fired.answers <= 4);
    assert.ok(fired.p50 > 0 && fired.p50 <= fired.p99 && fired.p99 <= fired.longest);
    assert.ok(fired.processorMicroseconds > 0);
  });

  it('writes: method, length and body', async t => {
    const bodies = new Set<string>();
    const port = await serve(t, async (request, response) => {
      const text = (await request.toArray()).join('');
      assert.equal(request.method, 'PUT');
      assert.equal(request.headers['content-length'], String(text.length));
      bodies.add(JSON.parse(text).street);
      response.end('{}');
    });
    const fired = await failuresOf(port, { kind: 'write' });
    assert.equal(fired.failures, 0);
    assert.ok(bodies.size > 1, 'every change is another one');
  });

  it('reads chunked answers, and those that come in pieces', async t => {
    const port = await serve(t, (request, response) => {
      response.write(`{"familyName":"Sample ${request.url!.slice(1)}"`);
      setImmediate(() => response.end('}'));
    });
    assert.equal((await failuresOf(port)).failures, 0);
  });

  it('takes a refusal for a failure', async t => {
    const port = await serve(t, (request, response) => {
      response.statusCode = 503;
      right(request, response);
    });
    const fired = await failuresOf(port);
    assert.equal(fired.failures, fired.requests);
    assert.equal(fired.firstFailure, 'status 503');
  });

  it('takes the answer of another customer for a failure', async t => {
    const port = await serve(t, (_, response) => response.end('{"familyName":"Sample 99"}'));
    const fired = await failuresOf(port);
    assert.equal(fired.failures, fired.requests);
    assert.equal(fired.firstFailure, 'the answer is of something else');
  });

  it('takes a connection that ends for a failure', async t => {
    const port = await serve(t, (request, response) => {
      response.shouldKeepAlive = false;
      right(request, response);
    });
    const fired = await failuresOf(port);
    assert.equal(fired.failures, 4);
    assert.equal(fired.answers, 4);
  });

  it('takes what is no HTTP for a failure', async t => {
    const server = createSocketServer(socket => {
      socket.on('error', () => {});
      socket.on('data', () => socket.write('hello\r\n\r\n'));
    }).listen(0, '127.0.0.1');
    t.after(() => server.close());
    await once(server, 'listening');
    const fired = await failuresOf((server.address() as AddressInfo).port);
    assert.equal(fired.failures, 4);
    assert.equal(fired.answers, 0);
  });
});

describe('an answer', () => {
  const read = (text: string) => readAnswer(Buffer.from(text));
  const head = 'HTTP/1.1 200 OK\r\n';

  it('is whole or not there', () => {
    const whole = `${head}Content-Length: 2\r\n\r\n{}`;
    for (let length = 0; length < whole.length; length += 1)
      assert.equal(read(whole.slice(0, length)), undefined);
    assert.deepEqual(read(whole), { status: 200, body: Buffer.from('{}') });
  });

  it('is one at a time', () => {
    assert.equal(read(`${head}content-length: 2\r\n\r\n{}HTTP/1.1 200 OK`), 'malformed');
  });

  it('ends with its last chunk', () => {
    const chunked = `${head}transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`;
    assert.equal(read(chunked.slice(0, -1)), undefined);
    assert.equal((read(chunked) as { status: number }).status, 200);
  });
});

describe('a quantile', () => {
  it('is the smallest value that so many do not exceed', () => {
    const hundred = Array.from({ length: 100 }, (_, at) => at + 1);
    assert.equal(quantile(hundred, 0.5), 50);
    assert.equal(quantile(hundred, 0.99), 99);
    assert.equal(quantile([7], 0.99), 7);
    assert.equal(quantile([], 0.99), 0);
  });
});
