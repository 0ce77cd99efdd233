import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { customer as anyCustomer, email, line, phone } from '../dialects/conformance/generate.ts';
import { DIALECTS } from '../dialects/index.ts';
import { compile } from '../dialects/schema.ts';
import { viewOf } from '../dialects/view.ts';
import { ALPHA2 } from '../record/country.ts';
import { type Customer, emptyCustomer } from '../record/customer.ts';
import { difference, fullDifference } from '../record/difference.ts';
import { ConcordError } from '../record/errors.ts';
import { customerFrom, patched } from './patch.ts';
import { customerResource } from './resource.ts';
import { Customer as CustomerSchema } from './schemas/customer.ts';
import { CustomerPatch } from './schemas/customer-input.ts';
import type { AddressSent, ContactPointSent, CustomerSent, RepresentativeSent } from './sent.ts';

const NOW = '2041-01-01T00:00:00.000Z';
const RUNS = 200;

const checkAnswer = compile(CustomerSchema);
const checkPatch = compile(CustomerPatch);

const resourceOf = (customer: Customer) => customerResource(customer, DIALECTS);
/** As a client has it, who was answered and sends it back. */
const answeredOf = (customer: Customer) => JSON.parse(JSON.stringify(resourceOf(customer)));

const faultsOf = (work: () => unknown): readonly string[] => {
  try {
    work();
  } catch (error) {
    if (error instanceof ConcordError && error.code === 'value-invalid') {
      return error.faults.map(({ field, message }) => `${field}: ${message}`);
    }
    throw error;
  }
  return [];
};

const nullable = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const country = fc.constantFrom(...ALPHA2);

/** A part of the fields. */
const some = <T extends object>(fields: { [Name in keyof T]: fc.Arbitrary<T[Name]> }) =>
  fc.record(fields, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>;

/** Whoever writes through this API may give any purpose to any kind. */
const purposes = fc.subarray(
  ['primary', 'secondary', 'mobile', 'landline', 'commercial', 'statusUpdates'] as const,
  { maxLength: 2 },
);

const newPoint: fc.Arbitrary<ContactPointSent> = fc
  .constantFrom('email' as const, 'phone' as const, 'fax' as const)
  .chain(kind =>
    fc.record({
      kind: fc.constant(kind),
      value: kind === 'email' ? email : phone,
      label: nullable(line(10)),
    }),
  );

const addressFields: fc.Arbitrary<AddressSent> = some({
  line1: nullable(line()),
  line2: nullable(line()),
  city: nullable(line()),
  region: nullable(line()),
  postalCode: nullable(line(10)),
  country: nullable(country),
  countryText: nullable(fc.constantFrom('Atlantis', 'Portugal')),
  contactName: nullable(line()),
  company: nullable(line()),
  email: nullable(email),
  phone: nullable(phone),
  branch: nullable(fc.nat(8).map(number => number + 1)),
  label: nullable(line(10)),
}) as fc.Arbitrary<AddressSent>;

const personFields = {
  givenName: nullable(line()),
  familyName: nullable(line()),
  gender: nullable(fc.constantFrom('female' as const, 'male' as const)),
  birthDate: nullable(fc.constantFrom('1990-02-28', '2000-02-29')),
  citizenship: nullable(country),
};

/** Keeps, changes, drops and reorders entries that are there, and adds new ones. */
function listOf<Sent extends object>(
  ids: readonly string[],
  fields: (id: string) => fc.Arbitrary<Sent>,
  added: fc.Arbitrary<Sent>,
): fc.Arbitrary<Sent[]> {
  const known = fc
    .shuffledSubarray([...ids])
    .chain(chosen => fc.tuple(...chosen.map(id => fields(id).map(sent => ({ ...sent, id })))));
  return fc
    .tuple(known, fc.array(added, { maxLength: 2 }))
    .map(([old, fresh]) => [...old, ...fresh] as Sent[]);
}

const partyLists = (
  party: Pick<Customer, 'contactPoints' | 'addresses' | 'identityDocuments'>,
  fresh: boolean,
) => {
  const kinds = new Map(party.contactPoints.map(point => [point.id, point.kind]));
  const list = <Sent extends object>(
    ids: readonly string[],
    fields: (id: string) => fc.Arbitrary<Sent>,
    another: fc.Arbitrary<Sent>,
  ) => listOf(ids, fields, another).map(all => (fresh ? all : all.filter(each => 'id' in each)));
  return {
    contactPoints: list<ContactPointSent>(
      party.contactPoints.map(({ id }) => id),
      id =>
        some({
          value: kinds.get(id) === 'email' ? email : phone,
          label: nullable(line(10)),
          purposes,
        }) as fc.Arbitrary<ContactPointSent>,
      newPoint,
    ),
    addresses: list<AddressSent>(
      party.addresses.map(({ address }) => address.id),
      () => addressFields,
      addressFields,
    ),
    identityDocuments: list<object>(
      party.identityDocuments.map(({ id }) => id),
      // A number in full makes another document each time, so only what is fresh has one.
      () =>
        some({
          value: fresh ? nullable(fc.constantFrom('123456789', 'X1')) : fc.constant(null),
          issuingCountry: nullable(country),
        }),
      fc.record({ kind: fc.constantFrom('ssn', 'passport'), value: fc.constant('987654321') }),
    ),
  };
};

const patchOf = (customer: Customer, fresh: boolean): fc.Arbitrary<CustomerSent> =>
  some({
    ...personFields,
    ...partyLists(customer, fresh),
    status: fc.constantFrom('active' as const, 'inactive' as const),
    displayName: nullable(line()),
    company: nullable(line()),
    language: nullable(fc.constantFrom('pt', 'de')),
    priceGroup: nullable(fc.nat(99).map(String)),
    accountNumber: nullable(fc.nat(99_999).map(String)),
    taxIds: fc.constantFrom([], [{ kind: 'vat' as const, value: 'PT999999990' }]),
    customFields: fc.dictionary(
      fc.constantFrom('tier', 'note', '__proto__', 'a/b'),
      fc.constantFrom<(string | null | object)[]>('silver', null, { a: null, b: [1, { c: null }] }, {}),
    ) as fc.Arbitrary<Customer['customFields']>,
    representatives:
      customer.kind === 'business'
        ? listOf<RepresentativeSent>(
            customer.representatives.map(({ id }) => id),
            id =>
              some({
                ...personFields,
                ...partyLists(customer.representatives.find(each => each.id === id)!, fresh),
              }) as fc.Arbitrary<RepresentativeSent>,
            fc.record({ role: fc.constant('principalOwner' as const), ...personFields }),
          ).map(all => (fresh ? all : all.filter(each => each.id !== undefined)))
        : fc.constant([]),
  } as never) as fc.Arbitrary<CustomerSent>;

const written = (fresh: boolean) =>
  anyCustomer
    .chain(customer => patchOf(customer, fresh).map(sent => ({ customer, sent })))
    .map(({ customer, sent }) => ({
      customer,
      sent,
      attempt: () => patched(customer, sent, NOW),
    }));

/** Purposes and coordinates that were drawn at random may stand against each other: those patches are refused, rightly. */
const accepted = (fresh: boolean) => written(fresh).filter(({ attempt }) => faultsOf(attempt).length === 0);

const holds = <T>(arbitrary: fc.Arbitrary<T>, check: (value: T) => void, numRuns = RUNS) =>
  fc.assert(fc.property(arbitrary, check), { numRuns });

describe('a patch', () => {
  it('with what was answered changes nothing, and the answer is what the document says', () => {
    holds(anyCustomer, customer => {
      const answered = answeredOf(customer);
      assert.deepEqual(checkAnswer(answered), []);
      assert.deepEqual(checkPatch(answered), []);
      assert.equal(patched(customer, answered, NOW), customer);
    });
  });

  it('of nothing changes nothing', () => {
    holds(anyCustomer, customer => assert.equal(patched(customer, {}, NOW), customer));
  });

  it('is accepted by the schema, and idempotent', () => {
    holds(accepted(false), ({ sent, attempt }) => {
      assert.deepEqual(checkPatch(JSON.parse(JSON.stringify(sent))), []);
      const once = attempt();
      assert.equal(patched(once, sent, NOW), once);
    });
  });

  it('leaves what is not sent untouched, phrasings included', () => {
    holds(accepted(true), ({ customer, sent, attempt }) => {
      const roots = new Set(Object.keys(sent));
      const strays = fullDifference(customer, attempt()).filter(({ path }) => {
        const [root = '', id = '', ...rest] = path.split('/');
        if (!roots.has(root)) return true;
        const list = (sent as Record<string, unknown>)[root];
        if (!Array.isArray(list) || id === 'order') return false;
        const entry = list.find(each => each.id === id);
        // A number in full makes another document.
        if (root === 'identityDocuments' && typeof entry?.value === 'string') return false;
        const field = root === 'addresses' && rest[0] === 'address' ? rest[1] : rest[0];
        // What hangs together changes together: a country and its text, a purpose that another takes up.
        const follows = /^(main|roles|purposes|houseNumber|e164|country|countryText)$/.test(field ?? '');
        return entry !== undefined && field !== undefined && !(field in entry) && !follows;
      });
      assert.deepEqual(strays, []);
    });
  });

  it('says in the answer what was sent', () => {
    holds(accepted(true), ({ sent, attempt }) => {
      const answered = resourceOf(attempt());
      for (const name of ['givenName', 'familyName', 'displayName', 'company', 'status', 'taxIds'] as const) {
        if (sent[name] !== undefined) assert.deepEqual(answered[name], sent[name]);
      }
      for (const name of ['contactPoints', 'addresses', 'representatives'] as const) {
        if (sent[name]) assert.equal(answered[name].length, sent[name].length);
      }
    });
  });

  for (const dialect of DIALECTS) {
    it(`leaves a record that ${dialect.title} reads, and writes back unchanged`, () => {
      holds(
        accepted(true),
        ({ attempt }) => {
          const after = attempt();
          viewOf(dialect, after);
          for (const resource of dialect.resources) {
            for (const key of resource.keys(after)) {
              const { wire } = resource.read(after, key);
              assert.deepEqual(difference(after, resource.write(after, key, resource.echo(wire))), []);
            }
          }
        },
        RUNS / 2,
      );
    });
  }
});

describe('a patch of', () => {
  const from = (sent: CustomerSent, kind: Customer['kind'] = 'individual') =>
    customerFrom({ ...sent, kind }, NOW);

  it('an address by its id keeps the rest of it; the order is as sent', () => {
    const customer = from({
      addresses: [
        { line1: 'Rua A 1', city: 'Lisboa', country: 'PT', roles: ['billing'] },
        { line1: 'Kai 2', city: 'Bremen', country: 'DE', roles: ['shipping'] },
      ],
    });
    const [first, second] = customer.addresses.map(({ address }) => address.id);
    const after = patched(customer, { addresses: [{ id: second!, city: 'Emden' }, { id: first! }] }, NOW);
    assert.deepEqual(
      after.addresses.map(({ address, main, roles }) => [address.line1, address.city, main, roles]),
      [
        ['Kai 2', 'Emden', false, ['shipping']],
        ['Rua A 1', 'Lisboa', true, ['billing']],
      ],
    );
    assert.equal(after.addresses[1]!.address, customer.addresses[0]!.address);
  });

  it('main and roles takes them from those of which nothing is said', () => {
    const customer = from({ addresses: [{ city: 'A', roles: ['billing', 'shipping'] }, { city: 'B' }] });
    const [a, b] = customer.addresses.map(({ address }) => address.id);
    const after = patched(
      customer,
      { addresses: [{ id: a! }, { id: b!, main: true, roles: ['billing'] }] },
      NOW,
    );
    assert.deepEqual(
      after.addresses.map(({ main, roles }) => [main, roles]),
      [
        [false, ['shipping']],
        [true, ['billing']],
      ],
    );
    assert.deepEqual(
      faultsOf(() =>
        patched(
          customer,
          {
            addresses: [
              { id: a!, main: true },
              { id: b!, main: true },
            ],
          },
          NOW,
        ),
      ),
      ['addresses/1/main: main is what another address is already'],
    );
  });

  it('a purpose takes it from the one of the same kind that had it', () => {
    const customer = from({
      contactPoints: [
        { kind: 'phone', value: '+351211234567', purposes: ['primary'] },
        { kind: 'phone', value: '030 1' },
        { kind: 'email', value: 'a@b.example', purposes: ['primary'] },
      ],
    });
    const [a, b, c] = customer.contactPoints.map(({ id }) => id);
    const after = patched(
      customer,
      { contactPoints: [{ id: a! }, { id: b!, purposes: ['primary'], value: '+49 30 123456' }, { id: c! }] },
      NOW,
    );
    assert.deepEqual(
      after.contactPoints.map(({ e164, purposes: held }) => [e164, held]),
      [
        ['+351211234567', []],
        ['+4930123456', ['primary']],
        [null, ['primary']],
      ],
    );
  });

  it('a document keeps a number that comes back masked', () => {
    const customer = from({ identityDocuments: [{ kind: 'ssn', value: '123456789' }] });
    const { id } = customer.identityDocuments[0]!;
    const masked = patched(
      customer,
      { identityDocuments: [{ id, value: '…6789', issuingCountry: 'US' }] },
      NOW,
    );
    assert.equal(masked.identityDocuments[0]!.value, '123456789');
    assert.equal(masked.identityDocuments[0]!.issuingCountry, 'US');
    assert.deepEqual(
      faultsOf(() => patched(customer, { identityDocuments: [{ id, value: '…0000' }] }, NOW)),
      ['identityDocuments/0/value: is masked, and not as the number that is there: send the whole number'],
    );
  });

  it('a document with a number in full makes another one of it, of which nothing tells whether it is the same', () => {
    const customer = from({
      identityDocuments: [{ kind: 'ssn', value: '123456789', issuingCountry: 'US' }],
    });
    const { id } = customer.identityDocuments[0]!;
    const told = (value: string) => {
      const after = patched(customer, { identityDocuments: [{ id, value }] }, NOW);
      const [document] = after.identityDocuments;
      assert.deepEqual([document!.value, document!.issuingCountry], [value, 'US']);
      return JSON.stringify(difference(customer, after)).replaceAll(document!.id, 'another');
    };
    assert.equal(told('123456789'), told('000006789'));
  });

  it('a name leaves the other names: none is split, none is joined', () => {
    const whole = from({ displayName: 'Ada Maria Beispiel' });
    assert.deepEqual([whole.givenName, whole.familyName], [null, null]);
    const parts = from({ givenName: 'Ada', familyName: 'Beispiel' });
    assert.equal(parts.displayName, null);
    const renamed = patched(parts, { displayName: 'Dr. Ada Beispiel' }, NOW);
    assert.deepEqual([renamed.givenName, renamed.familyName], ['Ada', 'Beispiel']);
  });

  it('a street drops the house number that came with another one', () => {
    const customer = from({ addresses: [{ line1: 'Kai 2', houseNumber: '2' }] });
    const { address } = customer.addresses[0]!;
    assert.equal(address.houseNumber, '2');
    const sent = { addresses: [{ id: address.id, line1: 'Rua Augusta 12', houseNumber: '2' }] };
    // `12` ends with a 2, but not with the number 2.
    assert.equal(patched(customer, sent, NOW).addresses[0]!.address.houseNumber, null);
  });

  it('values that break a rule is refused, each named by its place and none repeated', () => {
    const customer: Customer = { ...emptyCustomer('individual'), version: 1 };
    const sent: CustomerSent = {
      birthDate: '2999-01-01',
      citizenship: 'ZZ',
      status: null,
      taxIds: [
        { kind: 'vat', value: 'PT1' },
        { kind: 'vat', value: ' ' },
      ],
      customFields: { note: 'a\0b' },
      contactPoints: [{ kind: 'email', value: 'nobody' }, { value: '1' }],
      addresses: [
        { country: 'ZZ' },
        { latitude: '91', longitude: '1' },
        { longitude: '9.5' },
        { houseNumber: '7' },
        { email: 'nobody' },
        { id: customer.id },
      ],
      identityDocuments: [{ value: '1' }],
      employees: [{ customerId: customer.id, position: 'Captain' }],
    };
    assert.deepEqual(
      faultsOf(() => patched(customer, sent, NOW)).map(text => text.split(':')[0]),
      [
        'birthDate',
        'citizenship',
        'status',
        'taxIds/1/value',
        'taxIds/1/kind',
        'contactPoints/0/value',
        'contactPoints/1/kind',
        'addresses/0/country',
        'addresses/1/latitude',
        'addresses/1/latitude',
        'addresses/2/latitude',
        'addresses/3/houseNumber',
        'addresses/4/email',
        'addresses/5/id',
        'identityDocuments/0/kind',
        'employees',
        'customFields',
      ],
    );
  });

  it('custom fields merges them: null removes, an object is merged, a key may have any name', () => {
    const customer = from({ customFields: JSON.parse('{"a":1,"b":{"c":1,"d":null},"e":null}') });
    const sent = JSON.parse('{"customFields":{"a":null,"b":{"c":2,"x":3},"e":null,"__proto__":"plain"}}');
    const after = patched(customer, sent, NOW);
    assert.equal(
      JSON.stringify(after.customFields),
      '{"b":{"c":2,"d":null,"x":3},"e":null,"__proto__":"plain"}',
    );
    assert.deepEqual(patched(customer, { customFields: null }, NOW).customFields, {});
  });
});
