/** Examples of connectFi's operations on customers (connectfi.md §4.1–§4.3). */
import type { Json } from '../../record/json.ts';
import type { Example, World } from '../conformance/examples.ts';
import {
  archivedId,
  bodyFailures,
  businessId,
  individualId,
  invalid,
  refused,
  UNKNOWN,
  unknownToken,
} from './examples-failures.ts';
import { customerIdOf, representativeIdOf } from './identifiers.ts';

const address = (line: string) => ({
  type: 'PRIMARY',
  addressLine1: line,
  addressLine2: 'Floor 2',
  city: 'Harrisburg',
  postalCode: '17101',
  stateCode: 'PA',
  countryCodeA3: 'USA',
});
const phone = (type: string) => ({ type, phoneNumber: '2125550100', countryDialingCode: '01' });

/** Nine digits that belong to this world alone. */
const digits = ({ unique }: World): string =>
  String(Number.parseInt(unique.replaceAll(/[^0-9a-f]/g, ''), 16) % 1_000_000_000).padStart(9, '0');

const individual = (world: World): { [name: string]: Json } => ({
  firstName: 'Ada',
  lastName: `Sample ${world.unique}`,
  gender: 'F',
  dateOfBirth: '1990-02-28',
  email: `new@${world.unique}.example`,
  citizenshipCountryCodeA3: 'USA',
  addresses: [address(`1 Elm ${world.unique}`)],
  phones: [phone('MOBILE')],
  identificationDocuments: [
    { type: 'SSN', value: digits(world), issuanceCountryCodeA3: 'USA' },
    {
      type: 'DRIVING LICENSE',
      value: 'PA12345678',
      issuanceCountryCodeA3: 'USA',
      issuanceRegion: 'PA',
      expiryDate: '2029-12-28',
    },
  ],
});

const registration = (world: World, change: { [name: string]: Json } = {}): { [name: string]: Json } => ({
  customerReference: `I${world.unique}`,
  customerType: 'individual',
  customer: individual(world),
  ...change,
});

const ofBusiness = (world: World, change: { [name: string]: Json } = {}): { [name: string]: Json } => ({
  customerReference: `B${world.unique}`,
  customerType: 'business',
  customer: {
    businessName: `Harbor Tools ${world.unique}`,
    businessFederalEin: digits(world),
    businessAddresses: [address(`2 Elm ${world.unique}`)],
    businessPhones: [phone('PRIMARY')],
  },
  businessRepresentatives: [
    { firstName: 'Bo', lastName: 'Sample', businessRepresentativeType: 'authorized_signer' },
  ],
  ...change,
});

const create: Example = {
  request: world => ({ body: registration(world) }),
  status: 200,
  body: ({ unique }) => ({
    code: '0',
    data: { reference: `I${unique}`, customerType: 'individual', boises: [] },
  }),
  stranger: 'own',
  failures: [
    ...bodyFailures,
    {
      name: 'neither an individual nor a business',
      request: world => ({ body: registration(world, { customerType: 'person' }) }),
      ...refused('requestValidateError'),
    },
    {
      name: 'an individual without a social security number',
      request: world => ({
        body: registration(world, { customer: { ...individual(world), identificationDocuments: [] } }),
      }),
      ...refused('requestValidateError'),
    },
    {
      name: 'a business without a representative',
      request: world => ({ body: ofBusiness(world, { businessRepresentatives: [] }) }),
      ...refused('requestValidateError'),
    },
    {
      name: 'a reference that is taken',
      request: world => ({ body: registration(world, { customerReference: String(world.made.reference) }) }),
      ...refused('referenceExists'),
    },
    {
      name: 'a social security number that is taken',
      request: world => ({
        body: registration(world, {
          customer: {
            ...individual(world),
            identificationDocuments: [{ type: 'SSN', value: String(world.made.ssn) }],
          },
        }),
      }),
      ...refused('customerExists', { cFiAggregatorId: 'harbor' }),
    },
    unknownToken,
  ],
};

const get: Example = {
  request: world => ({ params: { customerId: individualId(world) } }),
  status: 200,
  body: world => ({ code: '0', data: { customerId: individualId(world), customerType: 'individual' } }),
  failures: [
    {
      name: 'an unknown id',
      request: () => ({ params: { customerId: UNKNOWN } }),
      ...refused('customerNotFound', { customerId: UNKNOWN }),
    },
    {
      name: 'what is no id',
      request: () => ({ params: { customerId: 'a-b' } }),
      ...refused('customerNotFound', { customerId: 'a-b' }),
    },
    {
      name: 'the id of a representative',
      request: ({ business }) => ({
        params: { customerId: representativeIdOf(business.representatives[0]!) },
      }),
      ...refused('customerNotFound'),
    },
    {
      name: 'an id with the prefix of the other type',
      request: world => ({
        params: { customerId: customerIdOf({ id: world.individual.id, kind: 'business' }) },
      }),
      ...refused('customerNotFound'),
    },
    unknownToken,
  ],
};

const sent = (id: (world: World) => string, customer: Json, more: { [name: string]: Json } = {}) => ({
  request: (world: World) => ({ body: { customerId: id(world), customer, ...more } }),
});

const update: Example = {
  request: world => ({
    body: {
      customerId: individualId(world),
      customer: {
        email: `other@${world.unique}.example`,
        addresses: [address(`3 Elm ${world.unique}`)],
        phones: [phone('MOBILE'), { ...phone('LANDLINE'), phoneNumber: '3125550199' }],
      },
    },
  }),
  status: 200,
  body: world => ({
    code: '0',
    data: { customerId: individualId(world), customer: { email: `other@${world.unique}.example` } },
  }),
  failures: [
    ...bodyFailures,
    { name: 'no customer', request: () => ({ body: { customerId: UNKNOWN } }), ...invalid('', 'required') },
    {
      name: 'a field that cannot be updated',
      ...sent(individualId, { firstName: 'Eve' }),
      ...invalid('/customer', 'additionalProperties'),
    },
    {
      name: 'no address',
      ...sent(individualId, { addresses: [] }),
      ...invalid('/customer/addresses', 'minItems'),
    },
    {
      name: 'a state that is none',
      ...sent(individualId, { addresses: [{ ...address('4 Elm'), stateCode: 'AA' }] }),
      ...invalid('/customer/addresses/0/stateCode', 'enum'),
    },
    {
      name: 'a phone with too few digits',
      ...sent(individualId, { phones: [{ type: 'MOBILE', phoneNumber: '12345' }] }),
      ...invalid('/customer/phones/0/phoneNumber', 'minLength'),
    },
    {
      name: 'an e-mail that is none',
      ...sent(individualId, { email: 'nobody' }),
      ...invalid('/customer/email', 'format'),
    },
    {
      name: 'a text of blanks',
      ...sent(individualId, { addresses: [{ ...address('4 Elm'), city: '  ' }] }),
      ...invalid('/customer/addresses/0/city', 'isNotOnlyWhitespace'),
    },
    {
      name: 'an unknown customer',
      ...sent(() => UNKNOWN, {}),
      ...refused('customerNotFound', { customerId: UNKNOWN }),
    },
    {
      name: 'a field of businesses, of an individual',
      ...sent(individualId, { businessPhones: [phone('MOBILE')] }),
      ...refused('invalidField', { customerType: 'individual', fields: ['businessPhones'] }),
    },
    {
      name: 'a field of individuals, of a business',
      ...sent(businessId, { email: 'ada@example.test' }),
      ...refused('invalidField', { customerType: 'business', fields: ['email'] }),
    },
    {
      name: 'a representative of nobody',
      ...sent(businessId, {}, { businessRepresentatives: [{ id: 'cstab_1' }] }),
      ...refused('businessRepresentativeNotFound', { id: 'cstab_1' }),
    },
    {
      name: 'an archived customer',
      ...sent(archivedId, { email: 'new@example.test' }),
      ...refused('customerArchived'),
    },
    unknownToken,
  ],
};

export const customerOperations = { Create: create, 'Get Customer': get, Update: update };
