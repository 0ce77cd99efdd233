/** An example for every route of Concord's own API: whom it answers, and a request that succeeds. A route without one fails the tests. */
import { randomBytes } from 'node:crypto';
import { type ApiRoute, BASE } from '../../src/api/route.ts';
import { DEMO_PASSWORD } from '../../src/cli/demo/access.ts';
import type { ExampleRequest } from '../../src/dialects/conformance/examples.ts';
import type { OperatorRole } from '../../src/record/access.ts';
import type { Customer } from '../../src/record/customer.ts';
import { newId } from '../../src/record/identifier.ts';
import type { Json } from '../../src/record/json.ts';
import { operator } from './api.ts';
import type { Concord, TestTenant } from './concord.ts';
import { aCustomer, email, HARRISBURG, phone } from './customers.ts';

/** What the requests are about; new for each of them. */
export interface ApiWorld {
  readonly customer: Customer;
  readonly archived: Customer;
  readonly documentId: string;
  readonly sequence: number;
  readonly credentialId: string;
  /** In every name, line, e-mail and document number. Letters and digits. */
  readonly unique: string;
  /** The login of an operator, whose password is `Demo-password-1!`. */
  readonly login: string;
}

export interface ApiExample {
  /** The least role; `anybody` needs no credentials. */
  readonly least: OperatorRole | 'anybody';
  /** Rights that are needed beside the role. */
  readonly rights?: readonly ('reveal' | 'installation')[];
  readonly status: number;
  /** What another tenant's administrator gets for the same request; it never concerns this tenant. */
  readonly stranger: number;
  readonly params?: (world: ApiWorld) => Record<string, string>;
  readonly query?: (world: ApiWorld) => string;
  readonly body?: (world: ApiWorld) => Json;
}

const ofCustomer = ({ customer }: ApiWorld) => ({ id: customer.id });
const ofArchived = ({ archived }: ApiWorld) => ({ id: archived.id });
const ofCredential = ({ credentialId }: ApiWorld) => ({ id: credentialId });
const ofDocument = ({ customer, documentId }: ApiWorld) => ({ id: customer.id, documentId });

const reading = (more: Partial<ApiExample> = {}): ApiExample => ({
  least: 'viewer',
  status: 200,
  stranger: 200,
  ...more,
});
const readingOne = reading({ params: ofCustomer, stranger: 404 });
const changingOne = (more: Partial<ApiExample> = {}): ApiExample => ({
  ...{ least: 'editor', status: 200, stranger: 404, params: ofCustomer },
  ...more,
});

/** By method and path, without `BASE`. */
export const API_EXAMPLES: Readonly<Record<string, ApiExample>> = {
  'POST /session': {
    ...{ least: 'anybody', status: 200, stranger: 200 },
    body: ({ login }) => ({ login, password: DEMO_PASSWORD }),
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

function aNewCustomer({ unique }: ApiWorld) {
  return { kind: 'individual', familyName: unique };
}

/** The key of the route in `API_EXAMPLES`. */
export const nameOfApiRoute = ({ method, path }: Pick<ApiRoute, 'method' | 'path'>): string =>
  `${method} ${path.slice(BASE.length)}`;

export async function makeApiWorld(concord: Concord, tenant: TestTenant): Promise<ApiWorld> {
  const unique = `u${randomBytes(6).toString('hex')}`;
  const documentId = newId();
  const document = {
    ...{ id: documentId, kind: 'passport' as const, value: `P${unique}`, issuingCountry: 'PT' },
    ...{ issuingRegion: null, expiryDate: null },
  };
  const origin = { tenant: tenant.id, dialect: 'test', actor: 'test', requestId: 'test' };
  const wish = {
    familyName: `Sample ${unique}`,
    contactPoints: [email(`ada@${unique}.example`), phone('+17175550123')],
    identityDocuments: [document],
  };
  const places = [{ ...HARRISBURG, line1: `100 Market Street ${unique}` }];
  const customer = await concord.create(tenant, aCustomer(wish, places));
  await concord.store.customers.swap(origin, { id: customer.id }, each => ({ ...each, language: 'pt' }));
  const [change] = await concord.store.changes.history(tenant.id, customer.id, { limit: 1 });
  const archived = await concord.create(
    tenant,
    aCustomer({ familyName: `Archived ${unique}`, archivedAt: '2026-01-15T09:00:00.000Z' }, places),
  );
  const { credentialId } = await operator(concord, tenant, { role: 'viewer', name: `to be ended ${unique}` });
  return {
    customer,
    archived,
    documentId,
    sequence: change!.sequence,
    credentialId,
    unique,
    login: tenant.name,
  };
}

/** The request of the example; `If-Match` asks for any state. */
export const apiRequest = ({ params, query, body }: ApiExample, world: ApiWorld): ExampleRequest => ({
  params: params?.(world) ?? {},
  ...(query && { query: query(world) }),
  ...(body && { body: body(world) }),
  headers: { 'if-match': '*' },
});
