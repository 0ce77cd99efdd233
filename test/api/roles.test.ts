/**
 * Who may do what: every route of Concord's own API for everybody who might ask. A route that is not in the table fails
 * the test, and so does a refusal that changes something.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { concord as surface } from '../../src/api/index.ts';
import { type ApiRoute, BASE } from '../../src/api/route.ts';
import { DEMO_PASSWORD } from '../../src/cli/demo/access.ts';
import { OPERATOR_ROLES, type OperatorRole } from '../../src/record/access.ts';
import type { Customer } from '../../src/record/customer.ts';
import { newId } from '../../src/record/identifier.ts';
import { bearer, type Operator, operator } from '../support/api.ts';
import { type Answer, type Concord, send, startConcord } from '../support/concord.ts';
import { aCustomer } from '../support/customers.ts';
import { type StateReader, stateReader } from '../support/state.ts';

/** What the requests are about; new for each of them. */
interface World {
  readonly customer: Customer;
  readonly archived: Customer;
  readonly documentId: string;
  readonly sequence: number;
  readonly credentialId: string;
  readonly unique: string;
}

interface Row {
  /** The least role; `anybody` needs no credentials. */
  readonly least: OperatorRole | 'anybody';
  /** Rights that are needed beside the role. */
  readonly rights?: readonly ('reveal' | 'installation')[];
  readonly status: number;
  /** What another tenant's administrator gets for the same request; it never concerns this tenant. */
  readonly stranger: number;
  readonly params?: (world: World) => Record<string, string>;
  readonly query?: (world: World) => string;
  readonly body?: (world: World) => unknown;
}

const ofCustomer = ({ customer }: World) => ({ id: customer.id });
const ofArchived = ({ archived }: World) => ({ id: archived.id });
const ofCredential = ({ credentialId }: World) => ({ id: credentialId });
const ofDocument = ({ customer, documentId }: World) => ({ id: customer.id, documentId });

const reading = (more: Partial<Row> = {}): Row => ({ least: 'viewer', status: 200, stranger: 200, ...more });
const readingOne = reading({ params: ofCustomer, stranger: 404 });
const changingOne = (more: Partial<Row> = {}): Row => ({
  ...{ least: 'editor', status: 200, stranger: 404, params: ofCustomer },
  ...more,
});

const TABLE: Readonly<Record<string, Row>> = {
  'POST /session': {
    ...{ least: 'anybody', status: 200, stranger: 200 },
    body: () => ({ login: 'harbor', password: DEMO_PASSWORD }),
  },
  'GET /session': reading(),
  'DELETE /session': reading({ status: 204, stranger: 204 }),

  'GET /customers': reading(),
  'GET /customers/count': reading(),
  'GET /customers/search': reading({ query: () => 'q=sample' }),
  'POST /customers': changingOne({ status: 201, stranger: 201, params: () => ({}), body: aNewCustomer }),
  'GET /customers/:id': readingOne,
  'PATCH /customers/:id': changingOne({ body: ({ unique }) => ({ familyName: unique }) }),
  'DELETE /customers/:id': changingOne({ status: 204 }),
  'POST /customers/:id/archive': changingOne(),
  'POST /customers/:id/restore': changingOne({ params: ofArchived }),
  'GET /customers/:id/views': readingOne,

  'GET /customers/:id/history': readingOne,
  'GET /customers/:id/provenance': readingOne,
  'POST /customers/:id/revert': changingOne({ body: ({ sequence }) => ({ sequence }) }),

  'POST /customers/:id/documents/:documentId/reveal': {
    ...{ least: 'viewer', rights: ['reveal'], status: 200, stranger: 404, params: ofDocument },
  },
  'GET /reveals': { least: 'admin', status: 200, stranger: 200 },
  'POST /customers/:id/export': changingOne({ least: 'admin', rights: ['reveal'] }),
  'POST /customers/:id/erase': changingOne({ least: 'admin', status: 204 }),

  'GET /changes': reading(),

  'GET /credentials': { least: 'admin', status: 200, stranger: 200 },
  'GET /credential-forms': { least: 'admin', status: 200, stranger: 200 },
  'POST /credentials': {
    ...{ least: 'admin', status: 201, stranger: 201 },
    body: ({ unique }) => ({ dialect: 'flexportal', name: unique }),
  },
  'POST /credentials/:id/rotate': {
    ...{ least: 'admin', status: 200, stranger: 404, params: ofCredential },
    body: () => ({ overlapSeconds: 60 }),
  },
  'DELETE /credentials/:id': { least: 'admin', status: 204, stranger: 404, params: ofCredential },

  'GET /tenants': { least: 'admin', rights: ['installation'], status: 200, stranger: 200 },
  'POST /tenants': {
    ...{ least: 'admin', rights: ['installation'], status: 201, stranger: 201 },
    body: ({ unique }) => ({ name: unique, operator: { name: 'first', login: unique } }),
  },
  'GET /dialects': reading(),
};

function aNewCustomer({ unique }: World) {
  return { kind: 'individual', familyName: unique };
}

const nameOf = ({ method, path }: ApiRoute): string => `${method} ${path.slice(BASE.length)}`;

describe('roles', () => {
  let concord: Concord;
  let state: StateReader;
  let everything: Record<OperatorRole, Operator>;
  let plain: Record<OperatorRole, Operator>;
  let stranger: Operator;
  before(async () => {
    concord = await startConcord();
    state = stateReader(concord);
    const all = { reveal: true, installation: true };
    const made = (wish: object) =>
      Promise.all(
        OPERATOR_ROLES.map(
          async role => [role, await operator(concord, concord.harbor, { ...wish, role })] as const,
        ),
      );
    everything = Object.fromEntries(await made(all)) as typeof everything;
    plain = Object.fromEntries(await made({})) as typeof plain;
    stranger = await operator(concord, concord.meadow, { role: 'admin', ...all });
  });
  after(async () => {
    await state.close();
    await concord.stop();
  });

  async function aWorld(): Promise<World> {
    const documentId = newId();
    const document = {
      ...{ id: documentId, kind: 'passport' as const, value: 'AB-0042', issuingCountry: 'PT' },
      ...{ issuingRegion: null, expiryDate: null },
    };
    const { tenant } = { tenant: concord.harbor };
    const origin = { tenant: tenant.id, dialect: 'test', actor: 'test', requestId: 'test' };
    const customer = await concord.create(tenant, aCustomer({ identityDocuments: [document] }));
    await concord.store.customers.swap(origin, { id: customer.id }, each => ({ ...each, language: 'pt' }));
    const [change] = await concord.store.changes.history(tenant.id, customer.id, { limit: 1 });
    const archived = await concord.create(tenant, aCustomer({ archivedAt: '2026-01-15T09:00:00.000Z' }));
    const { credentialId } = await operator(concord, tenant, { role: 'viewer', name: 'to be ended' });
    const unique = `u${newId().replaceAll('-', '')}`;
    return { customer, archived, documentId, sequence: change!.sequence, credentialId, unique };
  }

  function ask(
    route: ApiRoute,
    row: Row,
    world: World,
    credentials: Readonly<Record<string, string>>,
  ): Promise<Answer> {
    const params = row.params?.(world) ?? {};
    const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) => params[name]!);
    const query = row.query ? `?${row.query(world)}` : '';
    const body = row.body?.(world);
    return send(`${concord.origin}${path}${query}`, route.method, credentials, {
      ...(body !== undefined && { body }),
      headers: { 'if-match': '*' },
    });
  }

  it('know every route, and no other', () => {
    assert.deepEqual(Object.keys(TABLE).sort(), surface.routes.map(nameOf).sort());
  });

  for (const route of surface.routes) {
    const row = TABLE[nameOf(route)];
    if (!row) continue;
    const rank = (role: OperatorRole) => OPERATOR_ROLES.indexOf(role);
    const allowed = OPERATOR_ROLES.filter(
      role => row.least === 'anybody' || rank(role) >= rank(row.least as OperatorRole),
    );

    describe(nameOf(route), () => {
      if (row.least !== 'anybody') {
        it('lets nobody in without credentials of its own', async () => {
          const world = await aWorld();
          const before = await state.of(concord.harbor.id);
          const { lightening, connectfi, flexportal, billbee } = concord.harbor.access;
          const nobodies: readonly Readonly<Record<string, string>>[] = [
            {},
            bearer('wrong'),
            { cookie: 'concord_session=wrong' },
            ...[lightening, connectfi, flexportal, billbee].map(({ headers }) => headers),
          ];
          for (const credentials of nobodies) {
            const answer = await ask(route, row, world, credentials);
            assert.deepEqual([answer.status, answer.json.code], [401, 'unauthenticated']);
            assert.ok(answer.headers.has('www-authenticate'));
          }
          assert.equal(await state.of(concord.harbor.id), before);
        });
      }

      for (const role of OPERATOR_ROLES.filter(each => !allowed.includes(each))) {
        it(`refuses one who is ${role}, whatever other rights he or she has`, async () => {
          const world = await aWorld();
          const before = await state.of(concord.harbor.id);
          const answer = await ask(route, row, world, bearer(everything[role].key));
          assert.deepEqual([answer.status, answer.json.code], [403, 'forbidden'], answer.text);
          assert.equal(await state.of(concord.harbor.id), before);
        });
      }

      if (row.rights) {
        it('refuses an administrator without the right', async () => {
          const world = await aWorld();
          const before = await state.of(concord.harbor.id);
          const answer = await ask(route, row, world, bearer(plain.admin.key));
          assert.deepEqual([answer.status, answer.json.code], [403, 'forbidden']);
          assert.equal(await state.of(concord.harbor.id), before);
        });
      }

      for (const role of allowed) {
        it(`answers one who is ${role}`, async () => {
          const who = (row.rights ? everything : plain)[role];
          const answer = await ask(route, row, await aWorld(), bearer(who.key));
          assert.equal(answer.status, row.status, answer.text);
        });
      }

      it('leads nobody into another tenant', async () => {
        const world = await aWorld();
        const before = await state.of(concord.harbor.id);
        const answer = await ask(route, row, world, bearer(stranger.key));
        assert.equal(answer.status, row.stranger, answer.text);
        const { customer } = world;
        assert.ok(!answer.text.includes(customer.id) && !answer.text.includes('AB-0042'));
        if (route.path !== `${BASE}/session`) assert.equal(await state.of(concord.harbor.id), before);
      });
    });
  }
});
