/** Names: a name that came in parts is never split again, and one that came whole is never stored in parts. */
import type { Customer } from './customer.ts';

/** The name in one piece: of a business its company, of an individual what was given whole, else the parts. */
export function wholeName(customer: Customer): string {
  if (customer.kind === 'business' && customer.company !== null) return customer.company;
  return customer.displayName ?? joinName(customer.givenName, customer.familyName) ?? customer.company ?? '';
}

/** The fields of a customer that hold a name. */
export type NameField = 'company' | 'displayName' | 'givenName' | 'familyName';

const NAME_FIELDS: readonly NameField[] = ['company', 'displayName', 'givenName', 'familyName'];

/** The names that are there and that `wholeName` does not tell, because it tells others. */
export function namesBesideWhole(customer: Customer): NameField[] {
  const { kind, company, displayName, givenName, familyName } = customer;
  const told: readonly NameField[] =
    kind === 'business' && company !== null
      ? ['company']
      : displayName !== null
        ? ['displayName']
        : joinName(givenName, familyName) !== null
          ? ['givenName', 'familyName']
          : ['company'];
  return NAME_FIELDS.filter(name => customer[name] !== null && !told.includes(name));
}

/** The customer under another name in one piece. */
export function withWholeName(customer: Customer, name: string | null): Customer {
  if (customer.kind === 'business') return { ...customer, company: name, displayName: null };
  return {
    ...customer,
    displayName: name === joinName(customer.givenName, customer.familyName) ? null : name,
  };
}

export interface NameParts {
  readonly givenName: string;
  readonly familyName: string;
}

/** The name in parts, for a dialect that knows only parts; a whole name is divided before its last word. */
export function nameParts(customer: Customer): NameParts {
  if (customer.givenName !== null || customer.familyName !== null || customer.displayName === null) {
    return { givenName: customer.givenName ?? '', familyName: customer.familyName ?? '' };
  }
  return divideName(customer.displayName);
}

/** `Ada Maria Beispiel` → `Ada Maria`, `Beispiel`. A guess for showing, never for storing. */
export function divideName(name: string): NameParts {
  const space = name.lastIndexOf(' ');
  return space < 0
    ? { givenName: name, familyName: '' }
    : { givenName: name.slice(0, space), familyName: name.slice(space + 1) };
}

/**
 * The customer with other name parts. A name given whole before is older knowledge than the parts, so it
 * goes, and its other part is kept from it.
 */
export function withNameParts(customer: Customer, parts: Partial<NameParts>): Customer {
  const before = nameParts(customer);
  const after = { ...before, ...parts };
  if (after.givenName === before.givenName && after.familyName === before.familyName) return customer;
  return {
    ...customer,
    givenName: after.givenName || null,
    familyName: after.familyName || null,
    displayName: null,
  };
}

/** The parts in one piece, or `null` when there are none. */
export function joinName(givenName: string | null, familyName: string | null): string | null {
  const parts = [givenName, familyName].filter(part => part !== null && part !== '');
  return parts.length === 0 ? null : parts.join(' ');
}
