/** The world that the examples of a dialect speak of: three customers of one tenant, and what the dialect keeps beside them. */
import { randomBytes } from 'node:crypto';
import { DEMO_PASSWORD } from '../../src/cli/demo/access.ts';
import type { Examples, World } from '../../src/dialects/conformance/examples.ts';
import type { DialectName, Services } from '../../src/dialects/contract.ts';
import { addAddress, emptyAddress, linkTo } from '../../src/record/address.ts';
import { type Customer, emptyCustomer } from '../../src/record/customer.ts';
import { newId } from '../../src/record/identifier.ts';
import type { Representative } from '../../src/record/people.ts';
import type { Concord, TestTenant } from './concord.ts';
import { aCustomer, email, HARRISBURG, LISBON, phone } from './customers.ts';

/** Dialects in which a client logs in with a password. */
const LOGINS: readonly DialectName[] = ['lightening', 'connectfi'];

/** As the examples are promised (src/dialects/conformance/examples.ts). Every name, line and e-mail holds `unique`. */
export async function makeWorld(concord: Concord, tenant: TestTenant, examples: Examples): Promise<World> {
  const unique = `q${randomBytes(6).toString('hex')}`;
  const individual = await concord.create(tenant, anIndividual(unique, 1));
  const business = await concord.create(tenant, aBusiness(unique));
  const archived = await concord.create(tenant, {
    ...anIndividual(unique, 2),
    archivedAt: '2026-01-15T09:00:00.000Z',
  });
  const login = await loginOf(concord, tenant, examples);
  const world = { individual, business, archived, unique, login };
  const made = { tenant: tenant.name, unique };
  const prepared = await examples.prepare?.(servicesOf(concord), tenant.id, world);
  return { ...world, made: { ...made, ...prepared } };
}

const servicesOf = ({ store }: Concord): Services => ({
  customers: store.customers,
  credentials: store.credentials,
  objects: store.objects,
  rateLimits: store.rateLimits,
  now: () => new Date().toISOString(),
});

function anIndividual(unique: string, which: number): Customer {
  return aCustomer(
    {
      familyName: `Sample ${unique}`,
      contactPoints: [email(`ada${which}@${unique}.example`), phone(`+1717555012${which}`)],
    },
    [
      { ...HARRISBURG, line1: `100 Market Street ${unique}`, roles: ['billing'] },
      { ...LISBON, line1: `Rua ${unique} 12`, roles: ['shipping'] },
    ],
  );
}

function aBusiness(unique: string): Customer {
  const person: Representative = {
    id: newId(),
    role: 'principalOwner',
    givenName: 'Bo',
    familyName: unique,
    gender: null,
    birthDate: '1978-10-15',
    citizenship: 'US',
    identityDocuments: [],
    contactPoints: [email(`bo@${unique}.example`), phone('+17175550190')],
    addresses: [],
    phrasings: {},
  };
  const home = linkTo({ ...emptyAddress(), ...HARRISBURG, line1: `2 Quay ${unique}` });
  return {
    ...addAddress(emptyCustomer('business'), home),
    company: `Harbor Tools ${unique}`,
    taxIds: [{ kind: 'ein', value: String(parseInt(unique.slice(1), 16) % 1_000_000_000).padStart(9, '0') }],
    contactPoints: [phone('+17175550177')],
    representatives: [
      addAddress(person, linkTo({ ...emptyAddress(), ...HARRISBURG, line1: `3 Quay ${unique}` })),
    ],
  };
}

/**
 * A login of its own, because a test of a change of password would shut out the others; none for a dialect without
 * logins, because a password costs 25 ms.
 */
async function loginOf({ store }: Concord, tenant: TestTenant, { dialect }: Examples): Promise<string> {
  const login = `login_${randomBytes(8).toString('hex')}`;
  if (!LOGINS.includes(dialect)) return login;
  await store.credentials.create({
    ...{ tenant: tenant.id, dialect, kind: 'password', name: login, login, secret: DEMO_PASSWORD },
  });
  return login;
}
