/** Canary values in every field of two customers; one is erased, and everything that is stored is searched for them. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { demoAccess } from '../src/cli/demo/access.ts';
import { demoIssuer } from '../src/cli/demo/openid.ts';
import { DIALECTS } from '../src/dialects/index.ts';
import {
  type Address,
  type AddressLink,
  addAddress,
  changeAddress,
  emptyAddress,
  linkTo,
} from '../src/record/address.ts';
import type { Change } from '../src/record/changes.ts';
import { newContactPoint } from '../src/record/contact-points.ts';
import { type Customer, emptyCustomer } from '../src/record/customer.ts';
import type { Origin } from '../src/record/customers.ts';
import type { IdentityDocument } from '../src/record/identity-documents.ts';
import type { Phrasings } from '../src/record/phrasing.ts';
import { connect, type Sql } from '../src/store/connection.ts';
import { openStore } from '../src/store/index.ts';
import { TEST_KEY, type TestStore, testStore } from '../src/store/test-store.ts';
import { send } from './support/concord.ts';
import { environmentOf, type Started, startCommand } from './support/process.ts';

/** In one word and in lower case, so that whatever is made of a text, such as a word to search for, still holds it. */
const GONE = 'zeisigkanarie';
const KEPT = 'nachtigallruf';

/** Gives canaries, each another one; the numbers of documents are apart, because they are nowhere in clear. */
class Canaries {
  readonly words: string[] = [];
  readonly numbers: string[] = [];
  readonly #bird: string;

  constructor(bird: string) {
    this.#bird = bird;
  }

  readonly word = (): string => {
    const word = `${this.#bird}${String(this.words.length).padStart(4, '0')}x`;
    this.words.push(word);
    return word;
  };

  readonly number = (): string => {
    const number = `${this.#bird}${String(this.numbers.length).padStart(4, '0')}n9999`;
    this.numbers.push(number);
    return number;
  };
}

/** The names are those of the vendors' fields, which nobody writes. */
const phrasings = ({ word }: Canaries): Phrasings =>
  Object.fromEntries(DIALECTS.map(({ name }) => [name, { field: { said: word(), of: word() } }]));

function anAddress(canaries: Canaries): Address {
  const content = Object.entries(emptyAddress()).map(([name, value]) => {
    const isText = value === null && !/^(number|branch|country|archivedAt|restoredAt)$/.test(name);
    return [name, isText ? canaries.word() : value];
  });
  return { ...(Object.fromEntries(content) as Address), country: 'PT', phrasings: phrasings(canaries) };
}

const aLink = (canaries: Canaries): AddressLink =>
  linkTo(anAddress(canaries), { label: canaries.word(), roles: ['billing'] });

const aPoint = (canaries: Canaries) => ({
  ...newContactPoint('email', `${canaries.word()}@example.test`, ['primary'], canaries.word()),
  phrasings: phrasings(canaries),
});

const aDocument = ({ number, word }: Canaries): IdentityDocument => ({
  id: randomUUID(),
  kind: 'passport',
  value: number(),
  issuingCountry: word(),
  issuingRegion: word(),
  expiryDate: word(),
});

const aPerson = (canaries: Canaries) => ({
  givenName: canaries.word(),
  familyName: canaries.word(),
  gender: null,
  birthDate: canaries.word(),
  citizenship: canaries.word(),
  identityDocuments: [aDocument(canaries), aDocument(canaries)],
});

/** A business with a canary wherever a text may be. */
function everything(canaries: Canaries, id: string): Customer {
  const { word } = canaries;
  const customer: Customer = {
    ...emptyCustomer('business', id),
    ...aPerson(canaries),
    reference: word(),
    accountNumber: word(),
    displayName: word(),
    company: word(),
    contactPoints: [aPoint(canaries), { ...aPoint(canaries), purposes: [], kind: 'fax', e164: word() }],
    representatives: [
      {
        id: randomUUID(),
        role: 'principalOwner',
        ...aPerson(canaries),
        contactPoints: [aPoint(canaries)],
        addresses: [{ ...aLink(canaries), main: true }],
        phrasings: phrasings(canaries),
      },
    ],
    employees: [{ customerId: randomUUID(), position: word(), status: 'active', createdAt: word() }],
    orders: [{ id: word(), status: 'pending' }],
    subscriptions: [{ id: word(), status: 'active', monthlyAmount: '9.90' }],
    taxIds: [{ kind: 'vat', value: word() }],
    language: word(),
    priceGroup: word(),
    customFields: { [word()]: word(), [`${word()}/x`]: { [word()]: [word(), { [word()]: word() }] } },
    phrasings: phrasings(canaries),
  };
  return addAddress(addAddress(customer, aLink(canaries)), aLink(canaries));
}

/** The same customer with other values everywhere: the old ones are in the history alone. */
const otherwise = (canaries: Canaries, customer: Customer): Customer => {
  const other = everything(canaries, customer.id);
  const { number, createdAt, createdBy, version } = customer;
  return {
    ...other,
    number,
    createdAt,
    createdBy,
    version,
    addresses: [...customer.addresses, ...other.addresses.map(link => ({ ...link, main: false, roles: [] }))],
  };
};

describe('erasure', () => {
  let shared: TestStore;
  let running: Started | undefined;
  let sql: Sql;
  let directory: string;
  let tenant: number;
  let harbor: Awaited<ReturnType<typeof demoAccess>>;
  let origin: Origin;
  before(async () => {
    shared = await testStore();
    directory = await mkdtemp(join(tmpdir(), 'concord-erasure-'));
    sql = connect(shared.store.target, { connections: 1, application: 'test', unlimited: true });
    // Compressed, a text is in a file and cannot be found there.
    const columns = await sql`
      select format('alter table %s alter column %I set storage external', attrelid::regclass, attname) as statement
      from pg_attribute join pg_class on pg_class.oid = attrelid
      where relnamespace = 'concord'::regnamespace and relkind = 'r' and attnum > 0 and not attisdropped
        and attstorage in ('x', 'm')`;
    for (const { statement } of columns) await sql.unsafe(statement);
    const made = await shared.tenant('harbor');
    tenant = made.id;
    harbor = await demoAccess(shared.store, made, await demoIssuer(directory));
    origin = { tenant, dialect: 'test', actor: 'test', requestId: 'test' };
    running = await startCommand(['serve', '--port', '0', '--log-level', 'debug'], environmentOf(shared));
  });
  after(async () => {
    await running?.stop();
    await sql.end();
    await shared.close();
    await rm(directory, { recursive: true, force: true });
  });

  const gone = new Canaries(GONE);
  const kept = new Canaries(KEPT);

  async function write(
    dialect: keyof typeof harbor | undefined,
    method: string,
    path: string,
    body: unknown,
  ): Promise<string> {
    const address = /http:\/\/[^\s"]+/.exec(running!.line)![0];
    const answer = await send(new URL(path, address).href, method, dialect ? harbor[dialect].headers : {}, {
      body,
    });
    assert.ok(answer.status < 300 && !answer.text.includes('"result":false'), `${path} ${answer.text}`);
    return answer.text;
  }

  /** What anybody with a vendor's API writes of one customer. */
  async function throughDialects(customer: Customer, { word }: Canaries): Promise<void> {
    const id = (name: string): string => DIALECTS.find(each => each.name === name)!.customerId(customer);
    const number = customer.addresses[0]!.address.number;
    const email = `${word()}@example.test`;
    await write('flecto', 'PUT', `/api/saas/me/customers/${id('flecto')}/addresses/${number}`, {
      data: { type: 'customer_address', attributes: { address_street: word(), address_city: word() } },
    });
    await write('lightening', 'POST', `/address/${number}`, {
      customer_ids: [id('lightening')],
      company: word(),
    });
    await write('flexportal', 'PUT', `/v1/customers/${id('flexportal')}`, {
      customerId: id('flexportal'),
      firstName: word(),
      lastName: word(),
    });
    await write('billbee', 'PUT', `/api/v1/customers/${id('billbee')}`, { Name: word(), Email: email });
    await write(undefined, 'POST', '/api/store/harbor/inquiries', {
      data: { type: 'inquiry', attributes: { name: word(), email, message: word() } },
    });
  }

  async function stored(): Promise<string> {
    const tables = await sql`
      select oid::regclass::text as name from pg_class
      where relnamespace = 'concord'::regnamespace and relkind in ('r', 'm') order by 1`;
    const parts: string[] = [];
    for (const { name } of [
      ...tables,
      { name: 'pg_catalog.pg_statistic' },
      { name: 'pg_catalog.pg_statistic_ext_data' },
    ]) {
      for (const row of await sql.unsafe(`select each::text as text from ${name} as each`))
        parts.push(row.text);
    }
    return parts.join('\n').toLowerCase();
  }

  /** The files of tables and indexes as they are on the disk, and how often each bird is in them. */
  async function onDisk(): Promise<Record<string, number>> {
    const [row] = await sql`select current_setting('data_directory') as path`;
    const counts: Record<string, number> = { [GONE]: 0, [KEPT]: 0 };
    for (const entry of await readdir(join(row!.path, 'base'), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const bytes = await readFile(join(entry.parentPath, entry.name)).catch(() => Buffer.alloc(0));
      for (const bird of [GONE, KEPT]) {
        for (let at = bytes.indexOf(bird); at >= 0; at = bytes.indexOf(bird, at + 1)) counts[bird]! += 1;
      }
    }
    return counts;
  }

  it('leaves nothing of the customer in any row, sample, file or log, and all of everybody else', async () => {
    const { customers, changes, reveals } = shared.store;
    const ids = [randomUUID(), randomUUID(), randomUUID(), randomUUID()] as const;
    const [person, removed, archived, other] = ids;
    // Only a keyed hash of it is stored.
    const claims = (bird: string, id: string) => [{ scope: 'reference', value: `${bird}claim${id}` }];

    const another = await customers.create(origin, everything(kept, other), claims(KEPT, other));
    const place = another.addresses[0]!.address;
    for (const id of [person, removed, archived])
      await customers.create(origin, everything(gone, id), claims(GONE, id));
    for (const id of [person, removed, archived]) {
      await customers.swap(origin, { id }, customer => otherwise(gone, customer));
    }
    await customers.swap(origin, { id: other }, customer => otherwise(kept, customer));
    await customers.swap(origin, { id: person }, customer =>
      addAddress(customer, linkTo(place, { rank: 1 })),
    );
    await customers.swap(origin, { id: person }, customer =>
      changeAddress(customer, place.id, link => ({
        ...link,
        label: gone.word(),
        address: { ...link.address, line2: kept.word() },
      })),
    );
    await throughDialects((await customers.find(tenant, { id: person }))!, gone);
    await throughDialects((await customers.find(tenant, { id: other }))!, kept);
    await customers.remove(origin, { id: removed });
    await customers.swap(origin, { id: archived }, customer => ({
      ...customer,
      archivedAt: '2026-01-01T00:00:00.000Z',
    }));
    const looked = { tenant, actor: 'test', credentialId: randomUUID(), documentId: null, requestId: '1' };
    await reveals.record({ ...looked, customerId: person, reason: gone.word() });
    await reveals.record({ ...looked, customerId: other, reason: kept.word() });

    await sql`analyze`;
    await sql`checkpoint`;
    const everywhere = await stored();
    for (const word of [...gone.words, ...kept.words]) assert.ok(everywhere.includes(word), word);
    const [goneBefore, keptBefore] = Object.values(await onDisk());
    assert.ok(goneBefore! > 0 && keptBefore! > 0);
    const keptHistory = await changes.history(tenant, other, { limit: 1_000 }, { inFull: true });
    const keptRecord = await customers.find(tenant, { id: other });
    const before = new Map<string, Change[]>();
    for (const id of [person, removed, archived]) {
      before.set(id, await changes.history(tenant, id, { limit: 1_000 }));
    }

    for (const id of [person, removed, archived]) {
      await customers.erase({ ...origin, requestId: 'erasure' }, { id }, { objectsNaming: true });
    }
    await running!.stop();

    const rest = await stored();
    assert.ok(!rest.includes(GONE), rest.slice(rest.indexOf(GONE) - 300, rest.indexOf(GONE) + 100));
    for (const word of kept.words) assert.ok(rest.includes(word), word);
    assert.deepEqual(await changes.history(tenant, other, { limit: 1_000 }, { inFull: true }), keptHistory);
    assert.deepEqual(await customers.find(tenant, { id: other }), keptRecord);

    await sql`analyze`;
    await sql`vacuum full`;
    await sql`checkpoint`;
    const [goneAfter, keptAfter] = Object.values(await onDisk());
    assert.equal(goneAfter, 0);
    assert.ok(keptAfter! > 0);
    assert.ok(!(await stored()).includes(GONE));
    const [file] = await sql`select current_setting('data_directory') as path`;
    const logs = [
      running!.errors(),
      running!.output(),
      await readFile(join(dirname(file!.path), 'postgres.log'), 'utf8'),
    ];
    for (const log of logs) for (const bird of [GONE, KEPT]) assert.ok(!log.toLowerCase().includes(bird));

    for (const [id, old] of before) {
      const [last, ...others] = await changes.history(tenant, id, { limit: 1_000 });
      assert.deepEqual([last?.event, last?.fields, last?.requestId], ['CUSTOMER__ERASED', [], 'erasure']);
      assert.ok([last, ...others].every(change => change!.erased));
      const facts = ({ sequence, at, dialect, actor, requestId, event, customerNumber }: Change) => [
        sequence,
        at,
        dialect,
        actor,
        requestId,
        event,
        customerNumber,
      ];
      assert.deepEqual(others.map(facts), old.map(facts));
      for (const field of others.flatMap(change => change.fields)) {
        assert.deepEqual([field.before, field.after], [null, null]);
      }
      assert.deepEqual(
        others.map(change => change.fields.map(field => field.path).filter(path => /name$/i.test(path))),
        old.map(change => change.fields.map(field => field.path).filter(path => /name$/i.test(path))),
      );
      assert.ok(others.some(change => change.fields.some(field => field.path === 'customFields/*')));
      assert.equal(await customers.find(tenant, { id }), undefined);
      assert.equal(await customers.at(tenant, id, old[0]!.at), undefined);
    }
  });

  it('is done once, and refuses who was never there or belongs to another tenant', async () => {
    const { customers, changes } = shared.store;
    const { id, number } = await customers.create(origin, emptyCustomer('individual'));
    const stranger = await shared.tenant();
    const elsewhere = { ...origin, tenant: stranger.id };
    const refused = { code: 'customer-not-found' };
    await assert.rejects(customers.erase(elsewhere, { id }), refused);
    await assert.rejects(customers.erase(origin, { id: randomUUID() }), refused);
    await assert.rejects(customers.erase(origin, { id: 'no-uuid' }), refused);
    await assert.rejects(customers.erase(origin, { number: 999_999 }), refused);
    await customers.erase({ ...origin, event: 'FORGOTTEN' }, { number });
    await customers.erase(origin, { id });
    const history = await changes.history(tenant, id, { limit: 10 });
    assert.deepEqual(
      history.map(change => change.event),
      ['FORGOTTEN', null],
    );
  });

  it('takes the objects that the caller names, and no others', async () => {
    const { customers, objects } = shared.store;
    const { id } = await customers.create(origin, emptyCustomer('individual'));
    const place = { dialect: 'test', kind: 'note' };
    const [one, two, three] = [
      await objects.create(tenant, place, { text: 'about' }),
      await objects.create(tenant, place, { text: 'other' }),
      await objects.create(tenant, place, { customer: id }),
    ];
    await customers.erase(origin, { id }, { objects: [{ ...place, number: one.number }] });
    assert.deepEqual(await objects.list(tenant, place, { limit: 10 }), [two, three]);
    await customers.erase(origin, { id }, { objectsNaming: true });
    assert.deepEqual(await objects.list(tenant, place, { limit: 10 }), [two]);
  });

  it('ends whatever is written to the customer at the same moment', async () => {
    const { customers } = shared.store;
    for (let round = 0; round < 5; round += 1) {
      const { id, addresses } = await customers.create(
        origin,
        addAddress(emptyCustomer('individual'), linkTo(emptyAddress())),
      );
      const sharing = await customers.create(
        origin,
        addAddress(emptyCustomer('individual'), linkTo(addresses[0]!.address, { rank: 1 })),
      );
      const word = `${GONE}late${round}x`;
      await Promise.all([
        ...Array.from({ length: 4 }, () =>
          customers.swap(origin, { id }, customer => ({ ...customer, givenName: word })).catch(() => {}),
        ),
        ...Array.from({ length: 4 }, (_, at) =>
          customers.swap(origin, { id: sharing.id }, customer =>
            changeAddress(customer, addresses[0]!.address.id, link => ({
              ...link,
              address: { ...link.address, city: String(at) },
            })),
          ),
        ),
        customers.erase(origin, { id }),
      ]);
      assert.equal(await customers.find(tenant, { id }), undefined);
      assert.ok(!(await stored()).includes(word));
    }
  });

  it('works with the rights of an ordinary owner, in the owner’s own tenant, and for the server’s role alone', async () => {
    await sql.unsafe('create role eraser login nosuperuser nocreaterole');
    await sql.unsafe('create database eraser owner eraser');
    const mayErase = async (role: string): Promise<boolean> => {
      const [row] = await sql`
        select has_function_privilege(${role}, 'concord.customer_erase(integer, jsonb)', 'execute') as may`;
      return row!.may;
    };
    assert.deepEqual([await mayErase('eraser'), await mayErase('concord_app')], [false, true]);
    const databaseUrl = environmentOf(shared).DATABASE_URL!.replace(
      /\/\/[^@]+@([^/]+)\/[^?]+/,
      '//eraser@$1/eraser',
    );
    const store = await openStore({ databaseUrl, keys: [TEST_KEY] });
    try {
      const [one, two] = [await store.tenants.create('one'), await store.tenants.create('two')];
      const [mine, theirs] = [one, two].map(({ id }) => ({ ...origin, tenant: id }));
      const id = randomUUID();
      await store.customers.create(mine!, everything(new Canaries('own'), id));
      await store.customers.create(theirs!, everything(new Canaries('foreign'), id));
      await store.customers.erase(mine!, { id });
      assert.equal(await store.customers.find(one.id, { id }), undefined);
      const [erasure, creation] = await store.changes.history(one.id, id, { limit: 10 });
      assert.deepEqual([erasure?.erased, creation?.erased], [true, true]);
      const [untouched, ...more] = await store.changes.history(two.id, id, { limit: 10 }, { inFull: true });
      assert.deepEqual([untouched?.erased, more.length], [false, 0]);
      assert.equal((await store.customers.find(two.id, { id }))?.givenName?.startsWith('foreign'), true);
    } finally {
      await store.close();
    }
  });
});
