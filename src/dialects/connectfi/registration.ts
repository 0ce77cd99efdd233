/** A new customer from a registration (connectfi.md §4.1). */
import { fromAlpha3 } from '../../record/country.ts';
import { type Customer, emptyCustomer, withTaxId } from '../../record/customer.ts';
import type { Gender, Person, Representative, RepresentativeRole } from '../../record/people.ts';
import { newDocument } from './documents.ts';
import { representativeUuid, withRepresentativeId } from './identifiers.ts';
import type { Init, InitBusiness, InitIndividual, InitRepresentative } from './init-schema.ts';
import { type Contact, writeCustomer, writeRepresentative } from './lens.ts';
import type { RepresentativeType } from './wire.ts';

const GENDERS: Readonly<Record<'M' | 'F', Gender>> = { M: 'male', F: 'female' };

const ROLES: Readonly<Record<RepresentativeType, RepresentativeRole>> = {
  principal_owner: 'principalOwner',
  authorized_signer: 'authorizedSigner',
};

export const customerFrom = (init: Init): Customer =>
  init.customerType === 'individual' ? individualFrom(init) : businessFrom(init);

function individualFrom({ customerReference, customer }: InitIndividual): Customer {
  const { email, addresses, phones } = customer;
  return writeCustomer(
    { ...emptyCustomer('individual'), reference: customerReference, ...personFrom(customer) },
    { customer: { ...(email !== undefined && { email }), addresses, phones } },
  );
}

function businessFrom({ customerReference, customer, businessRepresentatives }: InitBusiness): Customer {
  const { businessName, businessFederalEin, businessAddresses, businessPhones } = customer;
  const business: Customer = {
    ...emptyCustomer('business'),
    reference: customerReference,
    company: businessName,
    representatives: businessRepresentatives.map(representativeFrom),
  };
  return writeCustomer(withTaxId(business, 'ein', businessFederalEin), {
    customer: { businessAddresses, businessPhones },
  });
}

function representativeFrom(init: InitRepresentative): Representative {
  const { id, email, addresses, phones, businessRepresentativeType } = init;
  const empty: Representative = {
    id: representativeUuid(id),
    role: ROLES[businessRepresentativeType],
    ...personFrom(init),
    contactPoints: [],
    addresses: [],
    phrasings: {},
  };
  const contact: Contact = {
    ...(email !== undefined && { email }),
    ...(addresses !== undefined && { addresses }),
    ...(phones !== undefined && { phones }),
  };
  return writeRepresentative(withRepresentativeId(empty, id), contact);
}

type InitPerson = Pick<
  InitRepresentative,
  'firstName' | 'lastName' | 'gender' | 'dateOfBirth' | 'citizenshipCountryCodeA3' | 'identificationDocuments'
>;

const personFrom = (init: InitPerson): Person => ({
  givenName: init.firstName,
  familyName: init.lastName,
  gender: init.gender === undefined ? null : GENDERS[init.gender],
  birthDate: init.dateOfBirth ?? null,
  citizenship:
    init.citizenshipCountryCodeA3 === undefined ? null : (fromAlpha3(init.citizenshipCountryCodeA3) ?? null),
  identityDocuments: (init.identificationDocuments ?? []).map(newDocument),
});
