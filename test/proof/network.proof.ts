/** Attacks that need time or ten thousand connections: what they cost the server, and how long others wait meanwhile. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { after, afterEach, before, beforeEach, describe, it, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CONNECTIONS_MAXIMUM,
  HEADERS_ARRIVAL_MILLISECONDS,
  PIPELINED_MAXIMUM,
  REQUEST_ARRIVAL_MILLISECONDS,
  UNREAD_MILLISECONDS,
} from '../../src/server/limits.ts';
import { type AttackedServer, attackedServer } from '../support/attacked-server.ts';
import { headLines, type RawClient, rawClient } from '../support/raw-client.ts';

/** Of an answer to somebody else while the attack goes on. */
const ANSWER_MAXIMUM_MS = 5_000;
/** What a server may hold at any size of its data and under any of these. */
const MEMORY_MAXIMUM_MB = 500;
/** Files that this process and the server each need beside the connections. */
const SPARE_FILES = 1_500;
/** Connections that are opened before the next ones; the queue of a listening socket holds 511. */
const OPENED_AT_ONCE = 250;
/** Those for whom others must make room. */
const MORE = 1_000;
const SLOW_CLIENTS = 3_000;
const UNREADING_CLIENTS = 100;
/** As many as one connection may have under way. */
const ASKED_AHEAD = PIPELINED_MAXIMUM;
const STREAMS = 100;

const filesMaximum = Number(
  /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1] ?? 0,
);

describe('network attacks, long', { timeout: 15 * 60_000 }, () => {
  let server: AttackedServer;
  let clients: RawClient[] = [];
  before(async () => {
    server = await attackedServer();
  });
  after(() => server.stop());
  beforeEach(() => {
    clients = [];
  });
  afterEach(async () => {
    for (const { socket } of clients) socket.destroy();
    assert.equal(
      (
        await until(
          () => server.ask(),
          ({ status }) => status === 200,
        )
      ).status,
      200,
    );
  });

  async function open(count: number, text: (at: number) => string = () => ''): Promise<void> {
    for (let at = 0; at < count; at++) {
      const client = rawClient(server.port);
      clients.push(client);
      client.socket.write(text(at));
      if (at % OPENED_AT_ONCE === OPENED_AT_ONCE - 1) await connected(client.socket);
    }
    await connected(clients.at(-1)!.socket);
  }

  /** Asks all along until the time is over, or the attack is, and says the worst. */
  async function askDuring(t: TestContext, milliseconds: number, isOver: () => boolean = () => false) {
    const deadline = Date.now() + milliseconds;
    let [asked, slowest, memory] = [0, 0, 0];
    while (Date.now() < deadline && !isOver()) {
      const answer = await server.ask();
      assert.equal(answer.status, 200);
      asked += 1;
      slowest = Math.max(slowest, answer.milliseconds);
      memory = Math.max(memory, server.memory());
      await sleep(50);
    }
    t.diagnostic(`${asked} others answered, the slowest in ${slowest} ms; memory at most ${memory} MB`);
    assert.ok(asked > 0 && slowest < ANSWER_MAXIMUM_MS, `${slowest} ms`);
    assert.ok(memory < MEMORY_MAXIMUM_MB, `${memory} MB`);
  }

  const closed = () => clients.filter(client => client.isClosed()).length;
  const head = (path: string, headers: Readonly<Record<string, string>>) =>
    `GET ${path} HTTP/1.1\r\nhost: x\r\n${headLines(headers)}\r\n`;

  for (const [what, text] of [
    ['that say nothing', ''],
    ['that were answered once', 'GET /health HTTP/1.1\r\nhost: x\r\n\r\n'],
    [
      'that promise a body and never send it',
      'POST /api/login HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n',
    ],
  ] as const) {
    const skip = filesMaximum < CONNECTIONS_MAXIMUM + SPARE_FILES && `only ${filesMaximum} files may be open`;
    it(`${CONNECTIONS_MAXIMUM + MORE} connections ${what}`, { skip }, async t => {
      await open(CONNECTIONS_MAXIMUM + MORE, () => text);
      await askDuring(t, 8_000);
      t.diagnostic(`${closed()} of ${clients.length} made room`);
      assert.ok(closed() >= MORE && closed() < 2 * MORE, `${closed()} are closed`);
    });
  }

  it('clients that send a byte of their head, or of their body, every second are cut off in time', async t => {
    await open(SLOW_CLIENTS, at =>
      at % 2 === 0 ? 'GET / HT' : 'POST /api/login HTTP/1.1\r\nhost: x\r\ncontent-length: 900\r\n\r\n',
    );
    const dripping = setInterval(() => {
      for (const { socket } of clients) if (socket.writable) socket.write('a');
    }, 1_000);
    try {
      const limit = Math.max(HEADERS_ARRIVAL_MILLISECONDS, REQUEST_ARRIVAL_MILLISECONDS) + 15_000;
      const started = Date.now();
      await askDuring(t, limit, () => closed() === clients.length);
      t.diagnostic(`${closed()} of ${clients.length} were cut off within ${Date.now() - started} ms`);
      assert.equal(closed(), clients.length);
    } finally {
      clearInterval(dripping);
    }
  });

  it('clients that ask for much and take nothing are cut off', async t => {
    const document = await (await fetch(`${server.origin}/docs/concord.json`)).arrayBuffer();
    t.diagnostic(
      `${ASKED_AHEAD} answers of ${Math.round(document.byteLength / 1_024)} KB to each of ${UNREADING_CLIENTS}`,
    );
    const asking = head('/docs/concord.json', {}).repeat(ASKED_AHEAD);
    await open(UNREADING_CLIENTS, () => asking);
    for (const { socket } of clients) socket.pause();
    await askDuring(t, UNREAD_MILLISECONDS + 5_000);
    // A client that does not read hears of its end when it does.
    for (const { socket } of clients) socket.resume();
    // What the operating system's buffers took whole was answered.
    const isOver = (client: RawClient) =>
      client.isClosed() || client.text().split('HTTP/1.1 200').length > ASKED_AHEAD;
    assert.ok(
      await until(
        async () => clients.every(isOver),
        over => over,
      ),
    );
    t.diagnostic(`${closed()} were cut off`);
    assert.ok(closed() > UNREADING_CLIENTS / 2);
  });

  it('readers of the feed who take nothing while much happens', async t => {
    const streaming = head('/concord/v1/changes', { ...server.headers.concord, accept: 'text/event-stream' });
    await open(STREAMS, () => streaming);
    await until(
      async () => clients.every(client => client.text().includes('retry:')),
      isStreaming => isStreaming,
    );
    for (const { socket } of clients) socket.pause();
    let writing = true;
    let written = 0;
    const writer = (async () => {
      while (writing) {
        const answer = await fetch(`${server.origin}/concord/v1/customers`, {
          method: 'POST',
          headers: { ...server.headers.concord, 'content-type': 'application/json' },
          body: JSON.stringify({
            kind: 'individual',
            familyName: 'Sample',
            customFields: { a: 'n'.repeat(10_000) },
          }),
        });
        assert.equal(answer.status, 201, await answer.text());
        written += 1;
      }
    })();
    await askDuring(t, 25_000);
    writing = false;
    await writer;
    t.diagnostic(`${written} changes of 10 KB to ${STREAMS} readers who take nothing`);
  });
});

async function connected(socket: Socket): Promise<void> {
  await until(
    async () => socket.readyState,
    state => state !== 'opening',
  );
}

/** Looks again until it is so; after half a minute it is taken as it is. */
async function until<T>(look: () => Promise<T>, isSo: (value: T) => boolean): Promise<T> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const value = await look();
    if (isSo(value) || Date.now() > deadline) return value;
    await sleep(20);
  }
}
