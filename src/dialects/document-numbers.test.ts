import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Customer } from '../record/customer.ts';
import type { IdentityDocument } from '../record/identity-documents.ts';
import { customer as anyCustomer } from './conformance/generate.ts';
import { DIALECTS } from './index.ts';
import { viewOf } from './view.ts';

/** No other value of a generated customer looks like it. */
const NUMBER = 'QX7351942QX';

const KINDS = ['ssn', 'drivingLicense', 'passport'] as const;

const documents = fc
  .record({ id: fc.uuid({ version: 7 }), kind: fc.constantFrom(...KINDS) })
  .map(
    (each): IdentityDocument => ({
      ...{ issuingCountry: 'US', issuingRegion: null, expiryDate: null },
      ...each,
      value: NUMBER,
    }),
  )
  .map(each => [each]);

const withDocuments: fc.Arbitrary<Customer> = fc
  .tuple(anyCustomer, documents, documents)
  .map(([customer, own, theirs]) => ({
    ...customer,
    identityDocuments: own,
    representatives: customer.representatives.map(each => ({ ...each, identityDocuments: theirs })),
  }));

describe('numbers of identity documents', () => {
  for (const dialect of DIALECTS) {
    const shows = dialect.showsDocumentNumbers === true;
    test(`${dialect.title} ${shows ? 'shows them' : 'never shows them'}, as its credentials say`, () => {
      // The same customers each time, so that one who has a document to show is always among them.
      const customers = fc.sample(withDocuments, { numRuns: 300, seed: 7 });
      const shown = customers.some(each => JSON.stringify(viewOf(dialect, each)).includes(NUMBER));
      assert.equal(shown, shows);
    });
  }
});
