/** Writing a customer: a new one, or a JSON Merge Patch of one that is there, in which what is not sent stays as it is. */
import { CUSTOM_FIELDS_MAXIMUM } from '../record/bounds.ts';
import { type Customer, emptyCustomer } from '../record/customer.ts';
import { ConcordError } from '../record/errors.ts';
import { type Json, sameJson } from '../record/json.ts';
import { mergePatch } from './merge-patch.ts';
import { withAddresses } from './patch-addresses.ts';
import { withContactPoints } from './patch-contacts.ts';
import { withDocuments, withEmployees, withPerson, withRepresentatives } from './patch-people.ts';
import { below, type CustomerSent, faultList, kept, type Report, withTexts } from './sent.ts';

const TEXTS = ['reference', 'accountNumber', 'displayName', 'company', 'language', 'priceGroup'] as const;

/** @throws ConcordError `value-invalid` with a fault for each value that breaks a rule. */
export function customerFrom(
  sent: CustomerSent & { readonly kind: Customer['kind'] },
  now: string,
  id?: string,
): Customer {
  // There is nothing yet that a patch of custom fields could keep or remove: they are as sent.
  const { customFields, ...rest } = sent;
  const empty = emptyCustomer(sent.kind, id);
  return write(customFields ? { ...empty, customFields } : empty, empty, rest, now);
}

/**
 * The customer after the patch; the very same one when it changes nothing. A value that is sent as it stands is left alone,
 * so what was read can be sent back whole, and nothing that only a vendor knows is lost.
 *
 * @throws ConcordError `value-invalid` with a fault for each value that breaks a rule.
 */
export const patched = (customer: Customer, sent: CustomerSent, now: string): Customer =>
  write(customer, customer, sent, now);

function write(start: Customer, before: Customer, sent: CustomerSent, now: string): Customer {
  const { faults, report } = faultList();
  const steps = [withKind, withCustomFields, withTaxIds, withLists];
  const named = withPerson(withTexts(start, sent, TEXTS), sent, now, report);
  const after = steps.reduce((customer, step) => step(customer, sent, report, now), named);
  expectSound(before, after, report);
  if (faults.length > 0) {
    throw new ConcordError('value-invalid', {
      message: `${faults.length} value(s) break a rule; nothing was changed.`,
      faults,
    });
  }
  return sameJson(after, start) ? start : after;
}

function withKind(customer: Customer, sent: CustomerSent, report: Report): Customer {
  const { kind = customer.kind, status = customer.status } = sent;
  if (kind === null) report('kind', 'must be individual or business');
  if (status === null) report('status', 'must be active or inactive');
  if (kind === null || status === null) return customer;
  return kind === customer.kind && status === customer.status ? customer : { ...customer, kind, status };
}

function withCustomFields(customer: Customer, { customFields }: CustomerSent): Customer {
  if (customFields === undefined) return customer;
  const after = customFields === null ? {} : mergePatch(customer.customFields, customFields);
  return sameJson(after, customer.customFields)
    ? customer
    : { ...customer, customFields: after as Customer['customFields'] };
}

function withTaxIds(customer: Customer, { taxIds }: CustomerSent, report: Report): Customer {
  if (taxIds === undefined || sameJson(taxIds ?? [], customer.taxIds)) return customer;
  const after = (taxIds ?? []).map(({ kind, value }, at) => {
    if (kept(value) === null) report(`taxIds/${at}/value`, 'must not be blank');
    const known = customer.taxIds.some(each => each.kind === kind && each.value === value);
    return { kind, value: known ? value : value.trim() };
  });
  for (const [at, { kind }] of after.entries()) {
    if (after.findIndex(each => each.kind === kind) < at) {
      report(`taxIds/${at}/kind`, 'stands in the list already');
    }
  }
  return sameJson(after, customer.taxIds) ? customer : { ...customer, taxIds: after };
}

function withLists(customer: Customer, sent: CustomerSent, report: Report, now: string): Customer {
  const { contactPoints, addresses, identityDocuments, representatives, employees } = sent;
  const of = (name: string): Report => below(report, name);
  let after = customer;
  if (contactPoints !== undefined) after = withContactPoints(after, contactPoints ?? [], of('contactPoints'));
  if (addresses !== undefined) after = withAddresses(after, addresses ?? [], of('addresses'));
  if (identityDocuments !== undefined) {
    after = withDocuments(after, identityDocuments ?? [], of('identityDocuments'));
  }
  if (representatives !== undefined) {
    const people = withRepresentatives(
      after.representatives,
      representatives ?? [],
      now,
      of('representatives'),
    );
    if (people !== after.representatives) after = { ...after, representatives: people };
  }
  if (employees !== undefined) {
    const staff = withEmployees(after.employees, employees ?? [], now, of('employees'));
    if (staff !== after.employees) after = { ...after, employees: staff };
  }
  return after;
}

/** Rules on the whole. What stood before the change is nobody's fault now. */
function expectSound(before: Customer, after: Customer, report: Report): void {
  if (after.kind === 'individual') {
    const fresh = before.kind !== after.kind;
    for (const list of ['representatives', 'employees'] as const) {
      if (after[list].length > 0 && (fresh || after[list] !== before[list])) {
        report(list, 'are of a business only');
      }
    }
  }
  if (after.customFields !== before.customFields) {
    const fault = customFieldsFault(after.customFields);
    if (fault !== undefined) report('customFields', fault);
  }
}

export function customFieldsFault(fields: Customer['customFields']): string | undefined {
  if (JSON.stringify(fields).length > CUSTOM_FIELDS_MAXIMUM) {
    return `must be at most ${CUSTOM_FIELDS_MAXIMUM} characters of JSON together`;
  }
  return isStorable(fields) ? undefined : 'must hold no NUL character and no half of a surrogate pair';
}

/** What the database cannot keep of JSON (PostgreSQL, §8.14). */
export const isStorable = (value: Json): boolean =>
  typeof value === 'string'
    ? value.isWellFormed() && !value.includes('\0')
    : typeof value !== 'object' ||
      value === null ||
      Object.entries(value).every(([name, item]) => isStorable(name) && isStorable(item as Json));
