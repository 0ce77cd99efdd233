/** Clients that write and read identity documents through three APIs, for as long as a test wants; each knows what it wrote. */
import assert from 'node:assert/strict';
import type { Access } from '../../src/cli/demo/access.ts';
import type { RollingServers } from './rolling-servers.ts';

export interface DocumentClients {
  /** Requests that were answered as they should be, by client. */
  readonly answered: Readonly<Record<string, number>>;
  /** What was not answered as it should be. */
  readonly faults: readonly string[];
  /** Everything that was ever written is read again, and every claim is tried: nobody else can have it. */
  readAll(): Promise<number>;
  /** Ends after the requests under way. */
  stop(): Promise<void>;
}

interface Registered {
  readonly reference: string;
  readonly ssn: string;
  readonly customerId: string;
}

const registration = (reference: string, ssn: string) => ({
  customerReference: reference,
  customerType: 'individual',
  customer: {
    firstName: 'Ada',
    lastName: 'Sample',
    email: 'ada@example.test',
    addresses: [
      {
        type: 'PRIMARY',
        ...{
          addressLine1: '1 Elm',
          city: 'Harrisburg',
          postalCode: '17101',
          stateCode: 'PA',
          countryCodeA3: 'USA',
        },
      },
    ],
    phones: [{ type: 'MOBILE', phoneNumber: '2125550100', countryDialingCode: '01' }],
    identificationDocuments: [{ type: 'SSN', value: ssn, issuanceCountryCodeA3: 'USA' }],
  },
});

/** Between two requests of one client: a load that leaves the servers' processors to others, too. */
const PAUSE_MS = 10;

export function documentClients(servers: RollingServers, access: Access): DocumentClients {
  const answered: Record<string, number> = {};
  const faults: string[] = [];
  const registered: Registered[] = [];
  /** By customer, what Flecto and Concord's own API wrote last. */
  const numbers = new Map<number, string>();
  const passports = new Map<string, { readonly documentId: string; readonly value: string }>();
  const stopping = new AbortController();
  let counter = 0;
  const next = () => String(100_000_000 + counter++);

  const { signal } = stopping;
  const connectfi = (method: string, path: string, body?: unknown) =>
    servers.send(method, path, access.connectfi.headers, body === undefined ? {} : { body });
  const flecto = (method: string, path: string, attributes?: object, id?: number) =>
    servers.send(
      method,
      `/api/saas/me/customers${path}`,
      access.flecto.headers,
      attributes === undefined
        ? {}
        : {
            body: { data: { type: 'customer', ...(id !== undefined && { id: String(id) }), attributes } },
            headers: { 'content-type': 'application/vnd.api+json' },
          },
    );
  const own = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    servers.send(method, `/concord/v1/customers${path}`, access.concord.headers, {
      ...(body !== undefined && { body }),
      headers,
    });

  async function register(): Promise<void> {
    const [reference, ssn] = [`R${next()}`, next()];
    const made = await connectfi('POST', '/customer/init', registration(reference, ssn));
    assert.equal(made.status, 200, made.text);
    registered.push({ reference, ssn, customerId: made.json.data.customerId });
    const some = registered[Math.floor(Math.random() * registered.length)]!;
    await expectRegistered(some);
    await expectTaken(some);
  }

  async function expectRegistered({ customerId, ssn }: Registered): Promise<void> {
    const status = await connectfi('GET', `/customer/status/${customerId}`);
    assert.equal(status.status, 200, status.text);
    assert.equal(status.json.data.customer.identificationDocuments[0].last4, ssn.slice(-4));
  }

  async function expectTaken({ ssn, reference }: Registered): Promise<void> {
    const twin = await connectfi('POST', '/customer/init', registration(`R${next()}`, ssn));
    assert.deepEqual([twin.status, twin.json.code], [400, 'customerExists'], twin.text);
    const namesake = await connectfi('POST', '/customer/init', registration(reference, next()));
    assert.deepEqual([namesake.status, namesake.json.code], [400, 'referenceExists'], namesake.text);
  }

  async function rent(): Promise<void> {
    const value = `P${next()}`;
    const attributes = { name: 'Vera Sample', identification_type: 'passport', identification_number: value };
    const made = await flecto('POST', '', attributes);
    assert.equal(made.status, 201, made.text);
    const id = Number(made.json.data.id);
    numbers.set(id, value);
    const changed = `P${next()}`;
    const update = await flecto('PUT', `/${id}`, { ...attributes, identification_number: changed }, id);
    assert.equal(update.status, 200, update.text);
    numbers.set(id, changed);
    const all = [...numbers.keys()];
    await expectNumber(all[Math.floor(Math.random() * all.length)]!);
  }

  async function expectNumber(id: number): Promise<void> {
    const shown = await flecto('GET', `/${id}`);
    assert.equal(shown.status, 200, shown.text);
    assert.equal(shown.json.data.attributes.identification_number, numbers.get(id));
  }

  async function administer(): Promise<void> {
    const value = `D${next()}`;
    const key = `"${crypto.randomUUID()}"`;
    const body = {
      kind: 'individual',
      familyName: 'Sample',
      identityDocuments: [{ kind: 'passport', value, issuingCountry: 'PT' }],
    };
    const made = await own('POST', '', body, { 'idempotency-key': key });
    assert.equal(made.status, 201, made.text);
    const again = await own('POST', '', body, { 'idempotency-key': key });
    assert.deepEqual([again.status, again.json.id], [201, made.json.id], again.text);
    const { id, identityDocuments } = made.json;
    const document = { documentId: identityDocuments[0].id as string, value };
    passports.set(id, document);
    await expectPassport(id);
    const history = await own('GET', `/${id}/history`);
    assert.equal(history.status, 200, history.text);
  }

  async function expectPassport(id: string): Promise<void> {
    const { documentId, value } = passports.get(id)!;
    const shown = await own('POST', `/${id}/documents/${documentId}/reveal`, { reason: 'a test' });
    assert.deepEqual([shown.status, shown.json.value], [200, value], shown.text);
  }

  async function again(name: string, work: () => Promise<void>): Promise<void> {
    while (!signal.aborted) {
      try {
        await work();
        answered[name] = (answered[name] ?? 0) + 1;
      } catch (error) {
        faults.push(`${name}: ${(error as Error).message}`);
        // One fault is enough to fail; a thousand would only hide what came first.
        if (faults.length > 20) return;
      }
      await new Promise(resolve => setTimeout(resolve, PAUSE_MS));
    }
  }

  const running = Promise.all([
    again('connectFi', register),
    again('Flecto', rent),
    again('Concord', administer),
  ]);
  return {
    answered,
    faults,
    async readAll() {
      for (const each of registered) {
        await expectRegistered(each);
        await expectTaken(each);
      }
      for (const id of numbers.keys()) await expectNumber(id);
      for (const id of passports.keys()) await expectPassport(id);
      return registered.length + numbers.size + passports.size;
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
