/** The feed of changes and its live stream: what happens through any API arrives, once, in order, and only in its tenant. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { DIALECTS } from '../../src/dialects/index.ts';
import { type Customer, emptyCustomer } from '../../src/record/customer.ts';
import { bearer, call, type Operator, operator } from '../support/api.ts';
import { type Concord, startConcord, type TestTenant } from '../support/concord.ts';
import { aCustomer } from '../support/customers.ts';
import { type EventReader, readEvents } from '../support/events.ts';
import { examplesOf, SUBJECTS, sendExample } from '../support/examples.ts';
import { makeWorld } from '../support/world.ts';

/** An operation of each vendor that changes a customer who is there. */
const UPDATES: Readonly<Record<string, string>> = {
  flecto: 'Updates customer',
  flexportal: 'Update a customer',
  lightening: 'Updating existing address object',
  connectfi: 'Update',
  billbee: 'Customer_Update',
};

/** When a reader who takes nothing has been noticed, and somewhat more. */
const STALL_MILLISECONDS = 14_000;

let tenants = 0;

describe('the feed of changes', () => {
  let concord: Concord;
  let idle: EventReader;
  before(async () => {
    concord = await startConcord();
    idle = await readEvents(await operator(concord, await concord.tenant('idle')));
  });
  after(async () => {
    idle.close();
    await concord.stop();
  });

  /** A tenant that nobody else writes in, and somebody who may look. */
  async function quietTenant(): Promise<{ tenant: TestTenant; viewer: Operator }> {
    tenants += 1;
    const tenant = await concord.tenant(`quiet-${tenants}-feed`);
    return { tenant, viewer: await operator(concord, tenant, { role: 'viewer' }) };
  }

  const rename = (tenant: TestTenant, { id }: Customer, familyName: string) =>
    concord.store.customers.swap(
      { tenant: tenant.id, dialect: 'test', actor: 'test', requestId: 'test' },
      { id },
      customer => ({ ...customer, familyName }),
    );

  /** All of it, page by page. */
  async function wholeFeed(
    viewer: Operator,
    query = '',
  ): Promise<{ sequence: number; customerId: string }[]> {
    const items: { sequence: number; customerId: string }[] = [];
    let [after, count] = ['', 1];
    while (count > 0) {
      const answer = await call(viewer, 'GET', `/changes?limit=7${after}${query}`);
      assert.equal(answer.status, 200, answer.text);
      items.push(...answer.json.items);
      count = answer.json.items.length;
      after = `&after=${answer.json.cursor}`;
    }
    return items;
  }

  const names = (items: readonly { sequence: number; customerId: string }[]) =>
    items.map(item => `${item.customerId} ${item.sequence}`);

  describe('in pages', () => {
    it('tells every change once, oldest first, and nothing of another tenant', async () => {
      const { tenant, viewer } = await quietTenant();
      const customers = [];
      for (let count = 0; count < 10; count++) customers.push(await concord.create(tenant, aCustomer()));
      for (const customer of customers) await rename(tenant, customer, 'Renamed');
      const feed = await wholeFeed(viewer);
      assert.deepEqual(
        feed.map(change => change.customerId),
        [...customers, ...customers].map(customer => customer.id),
      );
      assert.equal((await wholeFeed((await quietTenant()).viewer)).length, 0);
    });

    it('begins at the present end when asked for it', async () => {
      const { tenant, viewer } = await quietTenant();
      await concord.create(tenant, aCustomer());
      const end = await call(viewer, 'GET', '/changes?after=latest');
      assert.deepEqual(end.json.items, []);
      const customer = await concord.create(tenant, aCustomer());
      const page = await call(viewer, 'GET', `/changes?after=${end.json.cursor}`);
      assert.deepEqual(
        page.json.items.map((item: { customerId: string }) => item.customerId),
        [customer.id],
      );
    });

    it('tells of one API alone', async () => {
      const { tenant, viewer } = await quietTenant();
      await concord.create(tenant, aCustomer());
      await updateThrough('billbee', tenant);
      const feed = await call(viewer, 'GET', '/changes?dialect=billbee');
      assert.deepEqual(
        feed.json.items.map((item: { dialect: string }) => item.dialect),
        ['billbee'],
      );
      assert.equal((await wholeFeed(viewer, '&dialect=flecto')).length, 0);
    });

    it('refuses what is no cursor, no API and no parameter', async () => {
      const { viewer } = await quietTenant();
      const fields: Record<string, string> = {
        'after=yesterday': 'after',
        'after=1-1-1': 'after',
        'after=99999999999999999999-1': 'after',
        'dialect=nobody': 'dialect',
        'limit=201': 'limit',
        'limit=0': 'limit',
        'cursor=1-1': 'cursor',
        'after=1-1&after=1-2': 'after',
      };
      for (const [query, field] of Object.entries(fields)) {
        for (const accept of ['application/json', 'text/event-stream']) {
          const answer = await call(viewer, 'GET', `/changes?${query}`, { headers: { accept } });
          assert.equal(answer.status, 400, `${query} ${answer.text}`);
          assert.equal(answer.json.errors[0].field, field);
        }
      }
      const headers = { accept: 'text/event-stream', 'last-event-id': 'x' };
      const answer = await call(viewer, 'GET', '/changes', { headers });
      assert.equal(answer.json.errors[0].field, 'Last-Event-ID');
    });
  });

  async function updateThrough(name: string, tenant: TestTenant): Promise<Customer> {
    const dialect = DIALECTS.find(each => each.name === name)!;
    const subject = SUBJECTS.find(
      each => each.dialect === dialect && each.route.operation === UPDATES[dialect.name],
    )!;
    const world = await makeWorld(concord, tenant, examplesOf(dialect));
    const answer = await sendExample(concord, tenant, subject, subject.example.request(world));
    assert.equal(answer.status, subject.example.status, answer.text);
    return world.individual;
  }

  describe('live', () => {
    it('says what it is, to browsers and to proxies', async () => {
      const { viewer } = await quietTenant();
      const reader = await readEvents(viewer);
      assert.equal(reader.response.headers.get('content-type'), 'text/event-stream');
      assert.equal(reader.response.headers.get('cache-control'), 'no-store');
      assert.equal(reader.response.headers.get('x-accel-buffering'), 'no');
      reader.close();
    });

    it('tells what is changed through each vendor’s API, within a moment', async () => {
      const { tenant, viewer } = await quietTenant();
      for (const { name } of DIALECTS) {
        const reader = await readEvents(viewer, `?dialect=${name}`);
        await updateThrough(name, tenant);
        const changedAt = Date.now();
        await reader.until(events => events.length > 0);
        // 300 ms on a machine that does nothing else.
        assert.ok(Date.now() - changedAt < 3_000);
        assert.equal(reader.events[0]!.type, 'change');
        assert.equal(reader.events[0]!.data.dialect, name);
        assert.ok(reader.events.every(event => event.data.dialect === name));
        reader.close();
      }
    });

    it('begins now, and at a cursor when one is given', async () => {
      const { tenant, viewer } = await quietTenant();
      await concord.create(tenant, aCustomer());
      const fromStart = await readEvents(viewer, '?after=0-0');
      const fromNow = await readEvents(viewer);
      const fromLatest = await readEvents(viewer, '?after=latest');
      await concord.create(tenant, aCustomer());
      await fromStart.until(events => events.length === 2);
      await fromNow.until(events => events.length === 1);
      await fromLatest.until(events => events.length === 1);
      for (const reader of [fromStart, fromNow, fromLatest]) reader.close();
    });

    it('lets a client that lost it before the first event go on from where it began', async () => {
      const { tenant, viewer } = await quietTenant();
      const reader = await readEvents(viewer);
      await reader.until(() => reader.lastEventId() !== '');
      reader.close();
      const customer = await concord.create(tenant, aCustomer());
      const again = await readEvents(viewer, '', { 'last-event-id': reader.lastEventId() });
      await again.until(events => events.length === 1);
      assert.equal(again.events[0]!.data.customerId, customer.id);
      again.close();
    });

    it('has no gap and no duplicate, however often it is lost while many write', async () => {
      const { tenant, viewer } = await quietTenant();
      const stranger = await quietTenant();
      const elsewhere = await readEvents(stranger.viewer);
      const WRITERS = 4;
      const CHANGES = 40;
      const writing = Promise.all(
        Array.from({ length: WRITERS }, async (_, writer) => {
          const customer = await concord.create(tenant, aCustomer());
          for (let count = 1; count < CHANGES; count++) {
            await rename(tenant, customer, `Name ${writer} ${count}`);
          }
        }),
      );
      const seen: { sequence: number; customerId: string }[] = [];
      let lastId = '0-0';
      for (let connection = 1; seen.length < WRITERS * CHANGES; connection++) {
        const wanted = (connection * 7) % 23;
        const reader = await readEvents(viewer, '', { 'last-event-id': lastId });
        const missing = WRITERS * CHANGES - seen.length;
        await reader.until(events => events.length >= Math.min(wanted, missing));
        reader.close();
        await reader.ended;
        seen.push(...reader.events.map(event => event.data));
        lastId = reader.lastEventId() || lastId;
        assert.ok(connection < 500, 'it makes no progress');
      }
      await writing;
      assert.deepEqual(names(seen), names(await wholeFeed(viewer)));
      assert.equal(new Set(names(seen)).size, WRITERS * CHANGES);
      assert.equal(elsewhere.events.length, 0, 'another tenant heard of it');
      elsewhere.close();
    });

    it('tells all listeners the same, whenever they came', async () => {
      const { tenant, viewer } = await quietTenant();
      const readers: EventReader[] = [];
      for (let count = 0; count < 12; count++) {
        readers.push(await readEvents(viewer, '?after=0-0'));
        await concord.create(tenant, aCustomer());
      }
      for (const reader of readers) await reader.until(events => events.length >= 12);
      const expected = names(await wholeFeed(viewer));
      for (const reader of readers) {
        assert.deepEqual(names(reader.events.map(event => event.data)), expected);
        reader.close();
      }
    });

    it('ends within seconds when the credential is revoked, also of a session', async () => {
      const { tenant } = await quietTenant();
      const admin = await operator(concord, tenant, { role: 'admin' });
      const viewer = await operator(concord, tenant, { role: 'viewer' });
      const [mine, other] = [await readEvents(viewer), await readEvents(admin)];
      const answer = await call(admin, 'DELETE', `/credentials/${viewer.credentialId}`);
      assert.equal(answer.status, 204);
      const revokedAt = Date.now();
      await mine.ended;
      assert.ok(Date.now() - revokedAt < 6_000);
      await concord.create(tenant, aCustomer());
      await other.until(events => events.length === 1);
      assert.equal(mine.events.length, 0);
      other.close();
    });

    it('has a bound for each tenant, and places that are left are taken again', async () => {
      const { viewer } = await quietTenant();
      const elsewhere = await quietTenant();
      const readers = await Promise.all(Array.from({ length: 100 }, () => readEvents(viewer)));
      assert.ok(readers.every(reader => reader.response.status === 200));
      const refused = await call(viewer, 'GET', '/changes', { headers: { accept: 'text/event-stream' } });
      assert.equal(refused.status, 429);
      assert.ok(Number(refused.headers.get('retry-after')) > 0);
      const free = await readEvents(elsewhere.viewer);
      assert.equal(free.response.status, 200);
      free.close();
      for (const reader of readers) reader.close();
      const deadline = Date.now() + 5_000;
      for (;;) {
        const again = await readEvents(viewer);
        again.close();
        if (again.response.status === 200) break;
        assert.ok(Date.now() < deadline, 'places stay taken');
      }
    });

    it('cuts off who does not read, lets them resume, and keeps a reader through a burst', async () => {
      const { tenant, viewer } = await quietTenant();
      const stalled = await stalledReader(viewer);
      const witness = await readEvents(viewer);
      const filling = { ...emptyCustomer('individual'), customFields: { text: 'x'.repeat(30_000) } };
      const COUNT = 600;
      for (let made = 0; made < COUNT; made += 8) {
        await Promise.all(
          Array.from({ length: 8 }, () =>
            concord.create(tenant, { ...filling, id: emptyCustomer('individual').id }),
          ),
        );
      }
      await witness.until(events => events.length === COUNT, 20_000);
      witness.close();
      await new Promise(resolve => setTimeout(resolve, STALL_MILLISECONDS));
      // The reader finds the end only behind what had come before; what is not whole does not count.
      const text = await restOf(stalled);
      const whole = text.slice(0, text.lastIndexOf('\n\n') + 1);
      const received = [...whole.matchAll(/^event: change$/gm)].length;
      assert.ok(received < COUNT, 'it was never cut off');
      const last = [...whole.matchAll(/^id: (\S+)$/gm)].at(-1)![1]!;
      const resumed = await readEvents(viewer, '', { 'last-event-id': last });
      await resumed.until(events => events.length === COUNT - received, 20_000);
      resumed.close();
    });

    it('sends a comment when nothing happens, which says where it stands', async () => {
      await idle.until(() => idle.comments.length > 0, 20_000);
      assert.match(idle.lastEventId(), /^\d+-\d+$/);
      assert.equal(idle.events.length, 0);
    });
  });
});

describe('a server that stops', () => {
  it('ends its streams at once, those of readers who do not read, too', async () => {
    const concord = await startConcord();
    const viewer = await operator(concord, concord.harbor, { role: 'viewer' });
    const [stalled, witness] = [await stalledReader(viewer), await readEvents(viewer)];
    // More than the buffers between the two take.
    const customFields = { text: 'x'.repeat(90_000) };
    for (let made = 0; made < 110; made++) {
      await concord.create(concord.harbor, { ...emptyCustomer('individual'), customFields });
    }
    await witness.until(events => events.length === 110, 30_000);
    const readers = [witness, ...(await Promise.all(Array.from({ length: 5 }, () => readEvents(viewer))))];
    const stoppedAt = Date.now();
    const stopping = concord.stop();
    await Promise.all(readers.map(reader => reader.ended));
    assert.ok(Date.now() - stoppedAt < 1_000, 'the streams went on');
    await stopping;
    // The embedded database needs some of it; the server alone would wait ten seconds.
    assert.ok(Date.now() - stoppedAt < 5_000, 'the server waited for its streams');
    stalled.destroy();
  });
});

/** A client that asks for the stream and then reads nothing. */
async function stalledReader({ origin, key }: Operator): Promise<Socket> {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => {});
  const head = [
    'GET /concord/v1/changes HTTP/1.1',
    `Host: ${hostname}`,
    'Accept: text/event-stream',
    `Authorization: ${bearer(key).Authorization}`,
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  await once(socket, 'readable');
  return socket;
}

/** What had come in the meantime, without head and chunk sizes; none of it is more than one byte a character. */
async function restOf(socket: Socket): Promise<string> {
  let rest = '';
  socket.setEncoding('latin1');
  // Of a stream that goes on there is no end to wait for.
  socket.setTimeout(STALL_MILLISECONDS, () => socket.destroy());
  for await (const text of socket) rest += text;
  rest = rest.slice(rest.indexOf('\r\n\r\n') + 4);
  let whole = '';
  for (let end = rest.indexOf('\r\n'); end > 0; end = rest.indexOf('\r\n')) {
    const size = Number.parseInt(rest.slice(0, end), 16);
    whole += rest.slice(end + 2, end + 2 + size);
    rest = rest.slice(end + 2 + size + 2);
  }
  return whole;
}
