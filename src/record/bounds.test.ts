import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CUSTOM_FIELDS_MAXIMUM, ENTRIES_MAXIMUM, expectBounded, RECORD_MAXIMUM } from './bounds.ts';
import { newContactPoint } from './contact-points.ts';
import { archived, type Customer, emptyCustomer } from './customer.ts';
import { ConcordError } from './errors.ts';
import type { Representative } from './people.ts';

const none = emptyCustomer('business', 'c');

const representative = (points: number): Representative => ({
  ...{ id: 'r', role: 'principalOwner', givenName: null, familyName: null, gender: null, birthDate: null },
  ...{ citizenship: null, identityDocuments: [], addresses: [], phrasings: {} },
  contactPoints: Array.from({ length: points }, () => newContactPoint('phone', '1')),
});

const saying = (length: number): Customer => ({
  ...none,
  phrasings: { flecto: { note: { said: 'x'.repeat(length) } } },
});

const refused = (rule: string, before: Customer | undefined, after: Customer) =>
  assert.throws(
    () => expectBounded(before, after),
    (error: unknown) =>
      error instanceof ConcordError && error.code === 'state-conflict' && error.context.rule === rule,
  );

describe('a customer is bounded', () => {
  it('in entries, those of representatives included', () => {
    const full = { ...none, representatives: [representative(ENTRIES_MAXIMUM - 1)] };
    expectBounded(none, full);
    const more = { ...none, representatives: [representative(ENTRIES_MAXIMUM)] };
    refused('too-many-entries', full, more);
    refused('too-many-entries', undefined, more);
    expectBounded(more, { ...more, company: 'Works' });
    expectBounded({ ...none, representatives: [representative(ENTRIES_MAXIMUM + 1)] }, more);
  });

  it('in custom fields, which changes that are taken back could add up', () => {
    const fields = (length: number) => ({ ...none, customFields: { a: 'x'.repeat(length) } });
    expectBounded(none, fields(CUSTOM_FIELDS_MAXIMUM - 10));
    refused('too-large', none, fields(CUSTOM_FIELDS_MAXIMUM));
  });

  it('in all that was said of it; one who is beyond that can be archived', () => {
    expectBounded(none, saying(RECORD_MAXIMUM - 10_000));
    const large = saying(RECORD_MAXIMUM);
    refused('too-large', none, large);
    refused('too-large', large, saying(RECORD_MAXIMUM + 1));
    expectBounded(large, archived(large, '2026-01-01T00:00:00.000Z'));
  });
});
