/** connectFi's lens: the customer record, of which contact data can be written (connectfi.md §3.2, §4.3 [seed]). */
import { toAlpha3 } from '../../record/country.ts';
import { type Customer, taxId } from '../../record/customer.ts';
import type { Json } from '../../record/json.ts';
import { nameParts, wholeName } from '../../record/names.ts';
import type { Gender, Person, Representative, RepresentativeRole } from '../../record/people.ts';
import { type Fields, type Resource, readFields, readOnly, writeFields } from '../lens.ts';
import { addressesField } from './addresses.ts';
import { readMasked, readPlain } from './documents.ts';
import { emailField } from './email.ts';
import { NOBODY, type People, readEmployee } from './employees.ts';
import { customerIdOf, representativeIdOf } from './identifiers.ts';
import { phonesField } from './phones.ts';
import type { Update } from './schemas.ts';
import { customerOmissions, representativeOmissions } from './untold.ts';
import type {
  RepresentativeType,
  WireBusiness,
  WireCustomer,
  WireIndividual,
  WireRepresentative,
} from './wire.ts';

const GENDERS: Readonly<Record<Gender, 'M' | 'F'>> = { male: 'M', female: 'F' };

const ROLES: Readonly<Record<RepresentativeRole, RepresentativeType>> = {
  principalOwner: 'principal_owner',
  authorizedSigner: 'authorized_signer',
};

/** §4.6 [seed]: a representative's date of birth shows as an instant, an individual's as a date. */
const MIDNIGHT = 'T00:00:00.000Z';

const genderOf = (person: Person) => (person.gender === null ? undefined : GENDERS[person.gender]);
const citizenshipOf = (person: Person) =>
  person.citizenship === null ? undefined : toAlpha3(person.citizenship);

/** §3.3 [convention]: a field that was never supplied is left out. */
const individualFields: Fields<Customer, WireIndividual> = {
  firstName: readOnly(customer => nameParts(customer).givenName || undefined),
  lastName: readOnly(customer => nameParts(customer).familyName || undefined),
  gender: readOnly(person => genderOf(person)),
  dateOfBirth: readOnly(customer => customer.birthDate ?? undefined),
  email: emailField(),
  citizenshipCountryCodeA3: readOnly(person => citizenshipOf(person)),
  addresses: addressesField(),
  phones: phonesField(),
  identificationDocuments: readOnly(customer => customer.identityDocuments.map(readMasked)),
};

const businessFields: Fields<Customer, WireBusiness> = {
  businessName: readOnly(customer => wholeName(customer) || undefined),
  businessFederalEin: readOnly(customer => taxId(customer, 'ein') ?? undefined),
  businessAddresses: addressesField(),
  businessPhones: phonesField(),
};

const representativeFields: Fields<Representative, WireRepresentative> = {
  id: readOnly(representativeIdOf),
  firstName: readOnly(person => person.givenName ?? undefined),
  lastName: readOnly(person => person.familyName ?? undefined),
  gender: readOnly(person => genderOf(person)),
  dateOfBirth: readOnly(person => (person.birthDate === null ? undefined : `${person.birthDate}${MIDNIGHT}`)),
  businessRepresentativeType: readOnly(person => ROLES[person.role]),
  email: emailField(),
  citizenshipCountryCodeA3: readOnly(person => citizenshipOf(person)),
  addresses: addressesField(),
  phones: phonesField(),
  identificationDocuments: readOnly(person => person.identityDocuments.map(readPlain)),
};

/** The `data` of an answer, key by key as in the seed. `people` are the employees that whoever asks has read. */
export function readCustomer(customer: Customer, people: People = NOBODY): WireCustomer {
  const business = customer.kind === 'business';
  return {
    ...(customer.reference !== null && { reference: customer.reference }),
    customerId: customerIdOf(customer),
    customerType: customer.kind,
    customer: business ? readFields(businessFields, customer) : readFields(individualFields, customer),
    boises: [],
    dtsCreatedAt: customer.createdAt,
    ...(business && {
      businessRepresentatives: customer.representatives.map(each => readFields(representativeFields, each)),
    }),
    ...(business &&
      customer.employees.length > 0 && {
        employees: customer.employees.map(each => readEmployee(each, people)),
      }),
  };
}

export type CustomerUpdate = Pick<Update, 'customer' | 'businessRepresentatives'>;

/** The customer after an update of what its kind has; who may send what is checked before. */
export function writeCustomer(customer: Customer, update: CustomerUpdate): Customer {
  const written =
    customer.kind === 'business'
      ? writeFields(businessFields, customer, update.customer as Partial<WireBusiness>)
      : writeFields(individualFields, customer, update.customer as Partial<WireIndividual>);
  const sent = new Map((update.businessRepresentatives ?? []).map(each => [each.id, each]));
  return sent.size === 0
    ? written
    : changeRepresentatives(written, each => {
        const contact = sent.get(representativeIdOf(each));
        return contact ? writeRepresentative(each, contact) : each;
      });
}

export type Contact = Partial<Pick<WireRepresentative, 'email' | 'addresses' | 'phones'>>;

export const writeRepresentative = (representative: Representative, contact: Contact): Representative =>
  writeFields(representativeFields, representative, contact);

function changeRepresentatives(
  customer: Customer,
  change: (representative: Representative) => Representative,
): Customer {
  const representatives = customer.representatives.map(change);
  const same = representatives.every((each, index) => each === customer.representatives[index]);
  return same ? customer : { ...customer, representatives };
}

/** The whole record: of an individual, or of a business with all its representatives. */
export const customer: Resource = {
  name: 'customer',
  keys: () => [''],
  read: record => ({ wire: readCustomer(record) as unknown as Json, omitted: customerOmissions(record) }),
  write: (record, _key, input) => writeCustomer(record, input as unknown as CustomerUpdate),
  echo: wire => echoOf(wire as unknown as WireCustomer) as Json,
  touches: [
    'addresses/**',
    'contactPoints/**',
    'representatives/*/addresses/**',
    'representatives/*/contactPoints/**',
  ],
};

const WRITABLE = ['email', 'addresses', 'phones', 'businessAddresses', 'businessPhones'];

/** §4.3 [seed]: a list that is sent has at least one element, so one that reads empty is not sent. */
const sendable = (fields: object): object =>
  Object.fromEntries(
    Object.entries(fields).filter(
      ([name, value]) => WRITABLE.includes(name) && !(Array.isArray(value) && value.length === 0),
    ),
  );

const echoOf = ({ customer: shown, businessRepresentatives }: WireCustomer): object => ({
  customer: sendable(shown),
  ...(businessRepresentatives && {
    businessRepresentatives: businessRepresentatives.map(each => ({ id: each.id, ...sendable(each) })),
  }),
});

/** One representative of a business: an update may name some of them and leave the others alone. */
export const representative: Resource = {
  name: 'businessRepresentative',
  keys: record => record.representatives.map(each => each.id),
  read: (record, key) => {
    const found = record.representatives.find(each => each.id === key)!;
    return {
      wire: readFields(representativeFields, found) as unknown as Json,
      omitted: representativeOmissions(found),
    };
  },
  write: (record, key, input) =>
    changeRepresentatives(record, each =>
      each.id === key ? writeRepresentative(each, input as unknown as Contact) : each,
    ),
  echo: wire => sendable(wire as object) as Json,
  touches: ['representatives/{key}/addresses/**', 'representatives/{key}/contactPoints/**'],
};
