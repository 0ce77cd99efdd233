import assert from 'node:assert/strict';
import { it } from 'node:test';
import { claimsOf } from './claims.ts';
import { emptyCustomer } from './customer.ts';
import type { IdentityDocument } from './identity-documents.ts';

const document = (kind: IdentityDocument['kind'], value: string | null): IdentityDocument => ({
  ...{ id: `${kind} ${value}`, kind, value, issuingCountry: null, issuingRegion: null, expiryDate: null },
});

it('a person claims the reference and each social security number once, a business the EIN', () => {
  const customer = {
    ...emptyCustomer('individual'),
    identityDocuments: [
      document('ssn', '1'),
      document('ssn', '1'),
      document('ssn', null),
      document('passport', '2'),
      document('ssn', '3'),
    ],
    taxIds: [
      { kind: 'vat', value: '4' },
      { kind: 'ein', value: '5' },
    ] as const,
  };
  assert.deepEqual(claimsOf(customer), [
    { scope: 'ssn', value: '1' },
    { scope: 'ssn', value: '3' },
  ]);
  assert.deepEqual(claimsOf({ ...customer, kind: 'business', reference: 'R' }), [
    { scope: 'reference', value: 'R' },
    { scope: 'ein', value: '5' },
  ]);
  assert.deepEqual(claimsOf(emptyCustomer('business')), []);
});
