/** Paths and values of the record as people say them. */
import { useFormat, useTexts } from '../../../i18n/language.tsx';
import { sharedTexts } from '../../../shared/texts.ts';
import { texts } from './texts.ts';
import type { Address, ContactPoint, Customer, IdentityDocument, Party, Representative } from './types.ts';

export interface Labels {
  /** `City of Home`, `Main address`. */
  path(path: string, record: Customer): string;
  /** A value at the path as a text; nothing for an empty one. */
  value(path: string, value: unknown, record: Customer): string | undefined;
  address(address: Pick<Address, 'label' | 'line1' | 'city'>): string;
  person(person: Pick<Representative, 'givenName' | 'familyName'>): string;
}

export function useLabels(): Labels {
  const t = useTexts(texts);
  const shared = useTexts(sharedTexts);
  const format = useFormat();
  const fieldName = (name: string | undefined): string | undefined =>
    name === undefined ? undefined : (t.fields[name as keyof typeof t.fields] ?? name);
  const joined = (...parts: (string | undefined)[]): string => parts.filter(Boolean).join(' · ');

  const address: Labels['address'] = ({ label, line1, city }) => label ?? line1 ?? city ?? t.address.untitled;
  const person: Labels['person'] = ({ givenName, familyName }) =>
    [givenName, familyName].filter(Boolean).join(' ') || t.people.unnamed;

  function entry(list: string, id: string, party: Party & Partial<Customer>): string {
    const found = (party[list as keyof Party] as readonly { id: string }[] | undefined)?.find(
      each => each.id === id,
    );
    if (list === 'addresses') return found ? address(found as Address) : t.address.untitled;
    if (list === 'contactPoints') return found ? (found as ContactPoint).value : t.sections.contact;
    if (list === 'identityDocuments') {
      return found ? t.documentKind[(found as IdentityDocument).kind] : t.sections.documents;
    }
    return found ? person(found as unknown as Representative) : t.sections.representatives;
  }

  function holder(what: string): string {
    const [of, role] = what.split(' ') as [string, string];
    if (of === 'address') return t.holder[role as keyof typeof t.holder];
    return joined(t.contactKind[of as keyof typeof t.contactKind], t.purpose[role as keyof typeof t.purpose]);
  }

  const path: Labels['path'] = (whole, record) => inParty(whole.split('/'), record);

  function inParty([list, id, name, ...rest]: readonly string[], party: Party & Partial<Customer>): string {
    if (id === undefined) {
      return t.sections[SECTIONS[list!] ?? (list as keyof typeof t.sections)] ?? fieldName(list) ?? list!;
    }
    if (list === 'holders') return holder(id);
    if (list === 'customFields') return id;
    if (list === 'taxIds') return t.taxKind[id as keyof typeof t.taxKind] ?? t.sections.taxIds;
    if (list === 'employees') return joined(t.sections.employees, fieldName(name));
    const known = entry(list!, id, party);
    if (list === 'representatives' && rest.length > 0) {
      const nested = party.representatives?.find(each => each.id === id);
      return joined(known, nested ? inParty([name!, ...rest], nested) : fieldName(name));
    }
    if (list === 'representatives' && name !== undefined && name in SECTIONS) {
      return joined(known, t.sections[SECTIONS[name]!]);
    }
    return joined(known, fieldName(name));
  }

  const value: Labels['value'] = (whole, given, record) => {
    if (given === undefined || given === null || given === '') return undefined;
    const names = whole.split('/');
    const name = names.at(-1)!;
    if (names.includes('customFields')) return typeof given === 'string' ? given : JSON.stringify(given);
    const held = names.indexOf('holders');
    if (held >= 0 && Array.isArray(given)) {
      const party = held > 1 ? (record.representatives.find(({ id }) => id === names[1]) ?? record) : record;
      const list = name.startsWith('address') ? 'addresses' : 'contactPoints';
      return given.length === 0 ? undefined : format.list(given.map(id => entry(list, id, party)));
    }
    if (typeof given === 'object') return summary(given as Record<string, unknown>);
    const text = String(given);
    if (name === 'country' || name === 'citizenship' || name === 'issuingCountry')
      return format.country(text);
    if (name === 'birthDate' || name === 'expiryDate') return format.date(text);
    if (name === 'language') return format.languageName(text);
    const words =
      name === 'gender'
        ? t.gender
        : name === 'role'
          ? t.personRole
          : name === 'kind'
            ? { ...shared.kind, ...t.contactKind, ...t.documentKind }
            : name === 'status'
              ? { ...shared.status, ...t.employeeStatus }
              : {};
    return (words as Record<string, string>)[text] ?? text;
  };

  /** A whole entry in one line. */
  function summary(entry: Record<string, unknown>): string {
    if (Array.isArray(entry.formatted) && entry.formatted.length > 0) return entry.formatted.join(', ');
    const texts = [entry.value, entry.givenName, entry.familyName, entry.line1, entry.city, entry.position];
    return texts.filter(text => typeof text === 'string').join(', ') || JSON.stringify(entry);
  }

  return { path, value, address, person };
}

const SECTIONS: Readonly<
  Record<
    string,
    'contact' | 'addresses' | 'documents' | 'representatives' | 'employees' | 'taxIds' | 'customFields'
  >
> = {
  contactPoints: 'contact',
  addresses: 'addresses',
  identityDocuments: 'documents',
  representatives: 'representatives',
  employees: 'employees',
  taxIds: 'taxIds',
  customFields: 'customFields',
};
