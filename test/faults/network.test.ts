/** Attacks by whoever can reach the port: refused in the vendor's own way, in bounded memory, while others are answered. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { CredentialSpace } from '../../src/dialects/contract.ts';
import { PIPELINED_MAXIMUM } from '../../src/server/limits.ts';
import { type AttackedServer, attackedServer } from '../support/attacked-server.ts';
import { faultsOfAnswer } from '../support/contract.ts';
import { headLines, type RawAnswer, rawClient, sendRaw } from '../support/raw-client.ts';

/** Of an answer to somebody else while an attack goes on; a few milliseconds on an idle machine. */
const ANSWER_MAXIMUM_MS = 5_000;
/** What one attack may add to the server's memory, of which most is garbage that is not collected yet. */
const GROWTH_MAXIMUM_MB = 150;

const HUGE_BYTES = 100 * 1_048_576;
const CHUNK_BYTES = 65_536;
/** What sockets' buffers on both sides hold on the way to a server that has stopped reading. */
const ON_THE_WAY_BYTES = 24 * 1_048_576;

function* plain(): Generator<Buffer> {
  const chunk = Buffer.alloc(CHUNK_BYTES, 'a');
  for (let sent = 0; sent < HUGE_BYTES; sent += CHUNK_BYTES) yield chunk;
}

function* chunked(): Generator<Buffer> {
  const chunk = Buffer.concat([
    Buffer.from(`${CHUNK_BYTES.toString(16)}\r\n`),
    Buffer.alloc(CHUNK_BYTES, 'a'),
    Buffer.from('\r\n'),
  ]);
  for (let sent = 0; sent < HUGE_BYTES; sent += CHUNK_BYTES) yield chunk;
}

const JSON_TYPE = 'application/json';
const API_TYPE = 'application/vnd.api+json';
const FORM_TYPE = 'application/x-www-form-urlencoded';

/** A write of every body parser there is. */
const WRITES: readonly (readonly [dialect: CredentialSpace, method: string, path: string, type: string])[] = [
  ['flecto', 'PUT', '/api/saas/me/customers/1', API_TYPE],
  ['flecto', 'POST', '/api/store/harbor/inquiries', API_TYPE],
  ['flexportal', 'PUT', '/v1/customers/cust_1', JSON_TYPE],
  ['lightening', 'POST', '/address', JSON_TYPE],
  ['lightening', 'POST', '/address', FORM_TYPE],
  ['lightening', 'POST', '/address', 'multipart/form-data; boundary=x'],
  ['connectfi', 'POST', '/customer/update', JSON_TYPE],
  ['connectfi', 'POST', '/customer/init', JSON_TYPE],
  ['billbee', 'PUT', '/api/v1/customers/1', JSON_TYPE],
  ['billbee', 'PATCH', '/api/v1/customers/addresses/1', JSON_TYPE],
  ['concord', 'POST', '/concord/v1/customers', JSON_TYPE],
  [
    'concord',
    'PATCH',
    '/concord/v1/customers/d39349c0-78d0-11ee-b565-8f28ab5fe311',
    'application/merge-patch+json',
  ],
];

const DEPTH = 100_000;
const nested = (open: string, close: string, depth: number): string =>
  open.repeat(depth) + (open.endsWith(':') ? '1' : '') + close.repeat(depth);

const BODIES: Readonly<Record<string, string>> = {
  'lists in lists': nested('[', ']', DEPTH),
  'objects in objects': nested('{"a":', '}', DEPTH),
  'lists that never end': '['.repeat(DEPTH),
  'depth where a text is due': `{"data":{"type":"customer","id":"1","attributes":{"name":${nested('[', ']', DEPTH)}}},"customerId":${nested('{"a":', '}', DEPTH)},"City":${nested('[', ']', DEPTH)}}`,
  'depth in an open map': `{"kind":"individual","customFields":{"a":${nested('[', ']', DEPTH)}}}`,
  'nested names of a form': `a${'[b]'.repeat(DEPTH)}=1`,
  'many fields of a form': 'a=1&'.repeat(200_000),
  'parts of a form that never end': `--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n${'--x\r\n'.repeat(DEPTH)}`,
};

describe('network attacks', () => {
  let server: AttackedServer;
  before(async () => {
    server = await attackedServer();
  });
  after(() => server.stop());

  /** Does it while an honest client asks, and looks at the server's memory afterwards. */
  async function attacked<T>(attack: () => Promise<T>): Promise<T> {
    const memory = server.memory();
    const [result, honest] = await Promise.all([attack(), server.ask()]);
    assert.equal(honest.status, 200);
    assert.ok(honest.milliseconds < ANSWER_MAXIMUM_MS, `another client waited ${honest.milliseconds} ms`);
    const grown = server.memory() - memory;
    assert.ok(grown < GROWTH_MAXIMUM_MB, `${grown} MB more`);
    return result;
  }

  const head = (method: string, path: string, headers: Readonly<Record<string, string>>): string =>
    `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n${headLines(headers)}\r\n`;

  function expectVendors(method: string, path: string, { statuses, text }: RawAnswer): void {
    const [lines = '', body = ''] = text.split('\r\n\r\n');
    const contentType = /^content-type: (.*)$/im.exec(lines)?.[1]?.trim() ?? null;
    const answer = { method, path, status: statuses[0]!, contentType, text: body };
    assert.deepEqual(faultsOfAnswer(answer), [], `${method} ${path}: ${text.slice(0, 300)}`);
  }

  describe('a body of 100 MB', () => {
    const places = [
      ['with a credential', 'connectfi', 'POST', '/customer/update', 413],
      ['without one', undefined, 'POST', '/customer/update', 401],
      ['where everybody may send', undefined, 'POST', '/api/store/harbor/inquiries', 413],
      ['on nobody’s path', undefined, 'POST', '/nowhere', 413],
      ['where none is read', 'flexportal', 'GET', '/v1/customers?limit=1', 200],
    ] as const;
    for (const [what, dialect, method, path, status] of places) {
      it(`is not read: ${what}`, async () => {
        const credentials = dialect === undefined ? {} : server.headers[dialect];
        const headers = { ...credentials, 'content-type': path.includes('store') ? API_TYPE : JSON_TYPE };
        const announced = head(method, path, { ...headers, 'content-length': String(HUGE_BYTES) });
        const unknown = head(method, path, { ...headers, 'transfer-encoding': 'chunked' });
        for (const [start, body] of [
          [announced, plain()],
          [unknown, chunked()],
        ] as const) {
          const answer = await attacked(() => sendRaw(server.port, start, body));
          assert.ok(answer.closed, what);
          assert.ok(answer.sent < ON_THE_WAY_BYTES, `${answer.sent} bytes were taken`);
          // Whoever goes on sending may lose the answer with the connection.
          if (answer.statuses.length === 0) continue;
          assert.deepEqual(answer.statuses, [status]);
          if (path !== '/nowhere') expectVendors(method, path.split('?')[0]!, answer);
        }
      });
    }
  });

  it('bodies that nest 100,000 deep, or have as many parts, are refused as the vendor refuses', async () => {
    for (const [dialect, method, path, type] of WRITES) {
      for (const [what, body] of Object.entries(BODIES)) {
        const answer = await attacked(async () => {
          const headers = { ...server.headers[dialect], 'content-type': type, 'if-match': '"1"' };
          const got = await fetch(server.origin + path, { method, headers, body });
          return { status: got.status, contentType: got.headers.get('content-type'), text: await got.text() };
        });
        const about = `${method} ${path} ${type}, ${what}: ${answer.status} ${answer.text.slice(0, 200)}`;
        assert.ok(answer.status < 500, about);
        assert.deepEqual(faultsOfAnswer({ method, path, ...answer }), [], about);
      }
    }
  });

  it('header floods and endless queries are refused, and what fits is answered', async () => {
    const flood = (count: number, line: (at: number) => string) =>
      Array.from({ length: count }, (_, at) => `${line(at)}\r\n`).join('');
    const floods: Readonly<Record<string, string>> = {
      'one of 100 KB': `x-a: ${'a'.repeat(100_000)}\r\n`,
      'many different ones': flood(3_000, at => `x-${at}: a`),
      'one name many times': flood(3_000, () => 'authorization: Bearer x'),
      'many cookies': flood(3_000, () => 'cookie: a=b'),
    };
    for (const [what, lines] of Object.entries(floods)) {
      const answer = await attacked(() =>
        sendRaw(server.port, `GET /v1/customers HTTP/1.1\r\nhost: x\r\n${lines}\r\n`),
      );
      assert.deepEqual([answer.statuses, answer.closed], [[431], true], what);
    }
    const tooLong = await sendRaw(server.port, head('GET', `/address?${'a=b&'.repeat(10_000)}`, {}));
    assert.deepEqual([tooLong.statuses, tooLong.closed], [[431], true]);
    const lists: readonly (readonly [CredentialSpace, string])[] = [
      ['flecto', '/api/saas/me/customers'],
      ['flexportal', '/v1/customers'],
      ['lightening', '/address'],
      ['billbee', '/api/v1/customers'],
      ['concord', '/concord/v1/customers'],
    ];
    const queries = [
      'a=b&'.repeat(3_000),
      Array.from({ length: 1_000 }, (_, at) => `k${at}=1`).join('&'),
      `filter${'[a]'.repeat(4_000)}=1`,
      '%'.repeat(9_000),
      'page[number]=1&'.repeat(800),
    ];
    for (const [dialect, path] of lists) {
      for (const query of queries) {
        const answer = await attacked(async () => {
          const got = await fetch(`${server.origin}${path}?${query}`, { headers: server.headers[dialect] });
          return { status: got.status, contentType: got.headers.get('content-type'), text: await got.text() };
        });
        const about = `${path}?${query.slice(0, 20)}: ${answer.status} ${answer.text.slice(0, 200)}`;
        assert.ok(answer.status < 500, about);
        assert.deepEqual(faultsOfAnswer({ method: 'GET', path, ...answer }), [], about);
      }
    }
  });

  it('requests that two servers would read differently are refused, and what hides in them is never answered', async () => {
    const hidden = 'GET /health HTTP/1.1\r\nhost: x\r\n\r\n';
    const start = (...lines: string[]) =>
      `POST /customer/update HTTP/1.1\r\nhost: x\r\n${headLines(server.headers.connectfi)}content-type: application/json\r\n${lines.map(line => `${line}\r\n`).join('')}\r\n`;
    const shapes: Readonly<Record<string, string>> = {
      'a length and chunks': `${start('content-length: 6', 'transfer-encoding: chunked')}0\r\n\r\n${hidden}`,
      'chunks and a length': `${start('transfer-encoding: chunked', 'content-length: 6')}0\r\n\r\n${hidden}`,
      'two lengths': `${start('content-length: 2', 'content-length: 40')}{}${hidden}`,
      'the same length twice': `${start('content-length: 2', 'content-length: 2')}{}${hidden}`,
      'a list of lengths': `${start('content-length: 2, 2')}{}${hidden}`,
      'a signed length': `${start('content-length: +2')}{}${hidden}`,
      'a length in another line': `${start('content-length:', ' 2')}{}${hidden}`,
      'an encoding that is none': `${start('transfer-encoding: identity')}${hidden}`,
      'an encoding that nobody knows': `${start('transfer-encoding: xchunked')}0\r\n\r\n${hidden}`,
      'chunks that are not last': `${start('transfer-encoding: chunked, identity')}0\r\n\r\n${hidden}`,
      'two encodings': `${start('transfer-encoding: chunked', 'transfer-encoding: identity')}0\r\n\r\n${hidden}`,
      'a blank before the colon': `${start('transfer-encoding : chunked')}0\r\n\r\n${hidden}`,
      'chunks with a wrong size': `${start('transfer-encoding: chunked')}2x\r\n{}\r\n0\r\n\r\n${hidden}`,
      'a chunk beyond all numbers': `${start('transfer-encoding: chunked')}fffffffffffffffff\r\n{}\r\n0\r\n\r\n${hidden}`,
      'chunks that end with a line feed': `${start('transfer-encoding: chunked')}2\n{}\r\n0\r\n\r\n${hidden}`,
      'lines that end with a line feed': `${start('content-length: 2').replaceAll('\r', '')}{}${hidden}`,
      'a carriage return in a line': `${start('x-a: b\rcontent-length: 2')}{}${hidden}`,
      'a zero byte in a line': `${start('x-a: b\0c', 'content-length: 2')}{}${hidden}`,
      'no host': `GET /health HTTP/1.1\r\n\r\n${hidden}`,
    };
    await Promise.all(
      Object.entries(shapes).map(async ([what, text]) => {
        const { statuses, closed } = await sendRaw(server.port, text);
        assert.deepEqual([statuses, closed], [[400], true], what);
      }),
    );
  });

  it('requests sent ahead are answered in order, and more than anybody sends ahead end the connection', async () => {
    const one = (limit: number) => head('GET', `/v1/customers?limit=${limit}`, server.headers.flexportal);
    const limits = Array.from({ length: 60 }, (_, at) => 1 + (at % 3));
    const { text } = await sendRaw(server.port, limits.map(one).join(''));
    const bodies = text.split(/HTTP\/1\.1 200 /).slice(1);
    assert.deepEqual(
      bodies.map(body => (body.match(/"customerId":/g) ?? []).length),
      limits,
    );
    const flood = await attacked(() => sendRaw(server.port, one(1).repeat(20_000)));
    assert.ok(flood.closed);
    assert.ok(flood.statuses.length <= PIPELINED_MAXIMUM, `${flood.statuses.length} were answered`);
  });

  it('500 clients that send a byte now and then do not keep others from being answered', async () => {
    const slow = Array.from({ length: 500 }, (_, at) => {
      const client = rawClient(server.port);
      client.socket.write(
        at % 2 === 0 ? 'GET / HT' : head('POST', '/api/login', { 'content-length': '900' }),
      );
      return client;
    });
    const dripping = setInterval(() => {
      for (const { socket } of slow) if (socket.writable) socket.write('a');
    }, 200);
    try {
      for (let asked = 0; asked < 10; asked++) await attacked(() => server.ask());
      assert.ok(
        slow.some(client => !client.isClosed()),
        'the attack was under way',
      );
    } finally {
      clearInterval(dripping);
      for (const { socket } of slow) socket.destroy();
    }
  });
});
