/** connectFi on the wire: customers, addresses, phones and documents, in the vendor's key order (connectfi.md §3). */

export const DIALECT = 'connectfi';

export const ADDRESS_TYPES = ['PRIMARY', 'SECONDARY'] as const;
export type AddressType = (typeof ADDRESS_TYPES)[number];

export const PHONE_TYPES = ['MOBILE', 'LANDLINE', 'PRIMARY'] as const;
export type PhoneType = (typeof PHONE_TYPES)[number];

/** §3.7: two in the seed, two more by convention. */
export const DOCUMENT_TYPES = ['SSN', 'DRIVING LICENSE', 'PASSPORT', 'OTHER'] as const;
export type DocumentType = (typeof DOCUMENT_TYPES)[number];

export const REPRESENTATIVE_TYPES = ['principal_owner', 'authorized_signer'] as const;
export type RepresentativeType = (typeof REPRESENTATIVE_TYPES)[number];

/** §3.5 [seed]: the keys of an address beside its type, in the order of an answer. */
export type WireContent = {
  readonly addressLine1: string;
  readonly addressLine2?: string | null;
  readonly city: string;
  readonly countryCodeA3: string;
  readonly postalCode: string;
  readonly stateCode: string;
};

export type WireAddress = { readonly type: AddressType } & WireContent;

export type WireNumber = { readonly phoneNumber: string; readonly countryDialingCode?: string };

/** §3.6 [seed]. */
export type WirePhone = { readonly type: PhoneType } & WireNumber;

/** §3.7 [seed]: `last4` stands in an answer in place of a masked value. */
export type WireDocument = {
  readonly type: DocumentType;
  readonly value?: string | null;
  readonly issuanceCountryCodeA3?: string;
  readonly last4?: string;
  readonly issuanceRegion?: string | null;
  readonly expiryDate?: string;
};

type WirePerson = {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly gender?: 'M' | 'F';
  readonly dateOfBirth?: string;
};

type WireContact = {
  readonly email?: string;
  readonly citizenshipCountryCodeA3?: string;
  readonly addresses: readonly WireAddress[];
  readonly phones: readonly WirePhone[];
  readonly identificationDocuments: readonly WireDocument[];
};

export type WireIndividual = WirePerson & WireContact;

export type WireBusiness = {
  readonly businessName?: string;
  readonly businessFederalEin?: string;
  readonly businessAddresses: readonly WireAddress[];
  readonly businessPhones: readonly WirePhone[];
};

export type WireRepresentative = { readonly id: string } & WirePerson & {
    readonly businessRepresentativeType: RepresentativeType;
  } & WireContact;

export const EMPLOYEE_STATUSES = ['active', 'disabled'] as const;

/** §4.5 [convention]: an individual customer who works for the business; the names are the individual's. */
export type WireEmployee = {
  readonly employeeId: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly position: string;
  readonly status: (typeof EMPLOYEE_STATUSES)[number];
  readonly dtsCreatedAt: string;
};

/** §3.2 [seed]: the `data` of every answer about a customer. */
export type WireCustomer = {
  readonly reference?: string;
  readonly customerId: string;
  readonly customerType: 'individual' | 'business';
  readonly customer: WireIndividual | WireBusiness;
  readonly boises: readonly never[];
  readonly dtsCreatedAt: string;
  readonly businessRepresentatives?: readonly WireRepresentative[];
  /** Only when any were added [docs]. */
  readonly employees?: readonly WireEmployee[];
};
