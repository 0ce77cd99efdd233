/**
 * Two server processes over one database are one Concord: a change, a stream, a repeated request, a race, a login.
 * (Revocation and rate limits of two servers: test/auth/revocation.test.ts and test/rate-limits.test.ts.)
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { newId } from '../../src/record/identifier.ts';
import { type TestStore, testStore } from '../../src/store/test-store.ts';
import { call, type Operator } from '../support/api.ts';
import type { Answer } from '../support/concord.ts';
import { readEvents } from '../support/events.ts';
import { environmentOf, type Started, startCommand } from '../support/process.ts';

/** A change is streamed within 300 ms; the rest is for a machine that is busy with other tests. */
const STREAMED_MAXIMUM_MS = 3_000;

/** Writers through each server, of the same customer. */
const WRITERS = 8;

describe('two servers over one database', () => {
  let database: TestStore;
  let servers: Started[] = [];
  let one: Operator;
  let other: Operator;

  before(async () => {
    database = await testStore();
    const tenant = { ...(await database.tenant('quay')), access: {} as never };
    const created = await database.store.credentials.create({
      tenant: tenant.id,
      dialect: 'concord',
      kind: 'key',
      name: 'test admin',
      settings: { role: 'admin' },
    });
    const environment = environmentOf(database);
    servers = await Promise.all(
      [0, 1].map(() => startCommand(['serve', '--port', '0', '--log-level', 'warn'], environment)),
    );
    const [first, second] = servers.map(({ line }) => ({
      origin: line.replace('Concord answers on ', ''),
      tenant,
      credentialId: created.id,
      name: 'test admin',
      key: created.secret!,
    }));
    [one, other] = [first!, second!];
  });
  after(async () => {
    await Promise.all(servers.map(server => server.stop()));
    await database.close();
  });

  const create = (at: Operator, familyName: string, key = newId()): Promise<Answer> =>
    call(at, 'POST', '/customers', {
      body: { kind: 'individual', familyName },
      headers: { 'idempotency-key': key },
    });
  const read = (at: Operator, id: string): Promise<Answer> => call(at, 'GET', `/customers/${id}`);
  const patch = (at: Operator, id: string, etag: string, body: object): Promise<Answer> =>
    call(at, 'PATCH', `/customers/${id}`, {
      body,
      headers: { 'if-match': etag, 'content-type': 'application/merge-patch+json' },
    });

  it('one reads, lists, finds and counts what the other has just written', async () => {
    for (const [writer, reader] of [[one, other] as const, [other, one] as const]) {
      const { json } = await create(writer, `Written ${writer.origin.slice(-5)}`);
      const etag = (await read(reader, json.id)).headers.get('etag')!;
      const changed = await patch(reader, json.id, etag, { givenName: 'Grace' });
      assert.equal(changed.status, 200, changed.text);
      assert.equal((await read(writer, json.id)).json.givenName, 'Grace');
      const found = await call(writer, 'GET', '/customers/search?q=grace+written');
      assert.ok(found.text.includes(json.id), found.text);
      assert.equal((await call(writer, 'GET', `/customers/${json.id}/history`)).json.items.length, 2);
    }
    const counts = await Promise.all([one, other].map(at => call(at, 'GET', '/customers/count')));
    assert.deepEqual(
      counts.map(({ json }) => json.count),
      [2, 2],
    );
  });

  it('a stream of one tells a change that came through the other, once, and a cursor of one goes on at the other', async () => {
    const stream = await readEvents(one);
    const { json } = await create(other, 'Streamed');
    const since = performance.now();
    await stream.until(events => events.length > 0);
    const milliseconds = performance.now() - since;
    assert.ok(milliseconds < STREAMED_MAXIMUM_MS, `${milliseconds} ms`);
    assert.deepEqual(
      stream.events.map(event => event.data.customerId),
      [json.id],
    );
    stream.close();
    await stream.ended;
    const missed = await create(one, 'While nobody listened');
    const again = await readEvents(other, '', { 'last-event-id': stream.lastEventId() });
    await again.until(events => events.length > 0);
    assert.deepEqual(
      again.events.map(event => event.data.customerId),
      [missed.json.id],
    );
    again.close();
    await again.ended;
  });

  it('a POST that is sent to both at once is done once, and answered alike', async () => {
    const key = newId();
    const before = (await call(one, 'GET', '/customers/count')).json.count;
    const answers = await Promise.all([one, other, one, other].map(at => create(at, 'Once', key)));
    const made = answers.filter(answer => answer.status === 201);
    for (const { status, text } of answers) assert.ok(status === 201 || status === 409, text);
    assert.equal(new Set(made.map(({ json }) => json.id)).size, 1);
    assert.equal((await create(other, 'Once', key)).headers.get('idempotency-replayed'), 'true');
    assert.equal((await call(one, 'GET', '/customers/count')).json.count, before + 1);
  });

  it(`${WRITERS} writers through each change one customer at once: one after the other, none lost, none over another`, async () => {
    const { json } = await create(one, 'Contested');
    const add = async (at: Operator, value: string): Promise<void> => {
      for (;;) {
        const present = await read(at, json.id);
        const contactPoints = [
          ...present.json.contactPoints,
          { kind: 'email', value: `${value}@example.test` },
        ];
        const changed = await patch(at, json.id, present.headers.get('etag')!, { contactPoints });
        if (changed.status === 200) return;
        assert.equal(changed.status, 412, changed.text);
      }
    };
    const values = [one, other].flatMap((at, which) =>
      Array.from({ length: WRITERS }, (_, index) => ({ at, value: `w${which}x${index}` })),
    );
    await Promise.all(values.map(({ at, value }) => add(at, value)));
    const stored = (await read(other, json.id)).json.contactPoints.map(
      (point: { value: string }) => point.value,
    );
    assert.deepEqual(stored.toSorted(), values.map(({ value }) => `${value}@example.test`).toSorted());
    const history = await call(one, 'GET', `/customers/${json.id}/history?limit=100`);
    assert.equal(history.json.items.length, 2 * WRITERS + 1);
  });

  it('each tells in its metrics where its lists were read', async () => {
    for (const { origin } of [one, other]) {
      const text = await (await fetch(`${origin}/metrics`)).text();
      assert.match(text, /^concord_list_reads_total\{from="primary"\} [1-9]/m);
      assert.match(text, /^concord_list_reads_total\{from="replica"\} 0$/m);
    }
  });
});
