/** `billbee-node-api` as it is published, with one thing changed: where its host is found. */
import assert from 'node:assert/strict';
import { Agent } from 'node:https';
import { createRequire } from 'node:module';
import { connect, type NetConnectOpts } from 'node:net';
import type { Duplex } from 'node:stream';
import { after, before, describe, it } from 'node:test';
import type { AxiosInstance } from 'axios';
import { type Concord, startConcord } from '../support/concord.ts';

/** What the client has built in. */
const HOST = 'app.billbee.io';

/** Milliseconds that the client waits after a 429 before it repeats the request. */
const CLIENT_PAUSE_MS = 2_500;

interface Client {
  get(url: string, params?: object): Promise<Envelope>;
  post(url: string, data: object): Promise<Envelope>;
  put(url: string, data?: object): Promise<Envelope>;
  patch(url: string, data?: object): Promise<Envelope>;
}

interface Envelope {
  readonly ErrorMessage: string | null;
  readonly ErrorCode: number;
  readonly Paging: { readonly TotalRows: number; readonly TotalPages: number; readonly Page: number };
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into data of every shape and fails when it differs.
  readonly Data: any;
  // biome-ignore lint/suspicious/noExplicitAny: the same.
  readonly Customers?: any;
}

/** The client's error: `data` is a promise, because it reads answers in an asynchronous function. */
interface Refused {
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly data: Promise<Envelope & { readonly Message?: string }>;
  };
}

// The client is CommonJS, so this is the very axios that it uses.
const require = createRequire(import.meta.url);
const axios = require('axios') as AxiosInstance;
const newClient = require('billbee-node-api') as (credentials: object) => Client;

/** Connects to Concord whoever asks for the vendor's host, and nobody else to anywhere. */
class Redirection extends Agent {
  /** The requests that were sent, such as `GET app.billbee.io`. */
  readonly connected: string[] = [];
  readonly #port: number;

  constructor(origin: string) {
    super({ keepAlive: true });
    this.#port = Number(new URL(origin).port);
  }

  override createConnection(options: NetConnectOpts): Duplex {
    const { host = '' } = options as { host?: string };
    if (host !== HOST) throw new Error(`no connection to ${host}`);
    this.connected.push(host);
    return connect(this.#port, '127.0.0.1');
  }
}

/** The client reads the defaults once, when it is made. */
function clientOf(concord: Concord, agent: Agent, pass?: string): Client {
  const { Authorization = '', 'X-Billbee-Api-Key': apiKey } = concord.harbor.access.billbee.headers;
  const [user, password] = Buffer.from(Authorization.split(' ')[1]!, 'base64').toString().split(':');
  Object.assign(axios.defaults, { httpsAgent: agent, proxy: false });
  return newClient({ apiKey, user, pass: pass ?? password });
}

const refused = (request: Promise<unknown>): Promise<Refused['response']> =>
  request.then(
    () => assert.fail('The request was not refused.'),
    (error: Refused) => error.response,
  );

describe('billbee-node-api', () => {
  let concord: Concord;
  let agent: Redirection;
  let billbee: Client;
  before(async () => {
    concord = await startConcord();
    agent = new Redirection(concord.origin);
    billbee = clientOf(concord, agent);
  });
  after(async () => {
    agent.destroy();
    await concord.stop();
  });

  const create = async (name: string) =>
    (
      await billbee.post('/customers', {
        Name: name,
        Email: 'ada@example.test',
        Type: 0,
        Address: { FirstName: 'Ada', Street: 'Musterweg', Housenumber: '5', CountryCode: 'DE' },
      })
    ).Data;

  it('creates, reads and updates a customer', async () => {
    const made = await create('Ada Beispiel');
    const { Data, ErrorMessage, ErrorCode } = await billbee.get(`/customers/${made.Id}`);
    assert.deepEqual([Data, ErrorMessage, ErrorCode], [made, null, 0]);
    const updated = await billbee.put(`/customers/${made.Id}`, { ...Data, Name: 'Eva', Tel1: '+49 30 1' });
    assert.deepEqual([updated.Data.Name, updated.Data.Tel1, updated.Data.Type], ['Eva', '+49 30 1', 0]);
    assert.deepEqual((await billbee.get(`/customers/${made.Id}`)).Data, updated.Data);
    assert.deepEqual((await billbee.get(`/customers/${made.Id}/orders`)).Data, []);
  });

  it('goes through the pages of customers and of addresses', async () => {
    for (const name of ['One', 'Two', 'Three']) await create(name);
    for (const path of ['/customers', '/customer-addresses']) {
      const { Paging, Data } = await billbee.get(path);
      assert.ok(Paging.TotalRows >= 3);
      const seen: object[] = [];
      for (let page = 1; page <= Math.ceil(Paging.TotalRows / 2); page += 1) {
        const part = await billbee.get(path, { page, pageSize: 2 });
        assert.deepEqual([part.Paging.Page, part.Paging.TotalRows], [page, Paging.TotalRows]);
        seen.push(...part.Data);
      }
      assert.deepEqual(seen, Data);
    }
  });

  it('adds, reads, patches and replaces addresses in both families of paths', async () => {
    const { Id: CustomerId } = await create('Ada');
    const path = `/customers/${CustomerId}/addresses`;
    const added = (await billbee.post(path, { City: 'Hamburg', AddressType: 2 })).Data;
    const second = (await billbee.post('/customer-addresses', { CustomerId, City: 'Berlin' })).Data;
    const patched = (await billbee.patch(`/customers/addresses/${added.Id}`, { Zip: '20457' })).Data;
    assert.deepEqual(patched, { ...added, Zip: '20457' });
    const replaced = (await billbee.put(`/customer-addresses/${second.Id}`, { City: 'Bonn' })).Data;
    assert.deepEqual(replaced, { ...second, City: 'Bonn' });
    assert.deepEqual((await billbee.get(`/customers/addresses/${second.Id}`)).Data, replaced);
    const cities = (await billbee.get(path)).Data.map((row: { City: string | null }) => row.City);
    assert.deepEqual(cities, [null, 'Hamburg', 'Bonn']);
  });

  it('searches customers', async () => {
    const { Id } = await create('Johanna Findbar');
    const found = await billbee.post('/search', { Type: ['customer'], Term: 'findbar', SearchMode: 2 });
    assert.deepEqual(found.Customers, [
      { Id, Name: 'Johanna Findbar', Addresses: 'Ada Musterweg 5 DE', Number: String(Id) },
    ]);
  });

  it('tests the connection', async () => {
    assert.ok(!(await billbee.get('/shipment/ping')));
  });

  it('gets errors as it expects them', async () => {
    const missing = await refused(billbee.get('/customers/999999'));
    const { ErrorMessage, ErrorCode, Data } = await missing.data;
    assert.deepEqual(
      [missing.status, ErrorMessage, ErrorCode, Data],
      [404, 'There is no customer with the id 999999.', 11, null],
    );
    const unbound = await refused(billbee.post('/customers', { Number: 'x' }));
    assert.deepEqual([unbound.status, (await unbound.data).Message], [400, 'The request is invalid.']);
    const stranger = await refused(clientOf(concord, agent, 'wrong').get('/customers'));
    assert.equal(stranger.status, 401);
    assert.equal((await refused(billbee.patch('/customer-addresses/1', { City: 'x' }))).status, 405);
  });

  it('went to nobody but Concord', () => {
    assert.deepEqual([...new Set(agent.connected)], [HOST]);
  });
});

describe('billbee-node-api over the rate limit', () => {
  let concord: Concord;
  let agent: Redirection;
  let billbee: Client;
  before(async () => {
    concord = await startConcord({ rateLimits: true });
    agent = new Redirection(concord.origin);
    billbee = clientOf(concord, agent);
  });
  after(async () => {
    agent.destroy();
    await concord.stop();
  });

  it('waits and repeats the request, which is let through then', async () => {
    // The first request verifies the password, which takes a while.
    await billbee.get('/shipment/ping');
    const started = performance.now();
    const create = (Name: string) => billbee.post('/customers', { Name });
    const answers = await Promise.allSettled(['One', 'Two', 'Three'].map(create));
    const failed = answers.filter(answer => answer.status === 'rejected');
    assert.equal(failed.length, 1);
    // The client throws its first error even where the repetition succeeded.
    const { response } = failed[0]!.reason as Refused;
    assert.equal(response.status, 429);
    assert.equal(response.headers['retry-after'], '1');
    assert.match((await response.data).Message ?? '', /too many requests/);
    assert.ok(performance.now() - started >= CLIENT_PAUSE_MS);
    const names = (await billbee.get('/customers')).Data.map((row: { Name: string }) => row.Name);
    assert.deepEqual(names.sort(), ['One', 'Three', 'Two']);
  });
});
