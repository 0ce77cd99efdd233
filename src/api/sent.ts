/** What a request says of a customer, as the schemas of customer-input.ts let it through; what is absent was not sent. */
import type { AddressContent, AddressLink } from '../record/address.ts';
import type { ContactPoint } from '../record/contact-points.ts';
import type { Customer } from '../record/customer.ts';
import type { Fault } from '../record/errors.ts';
import type { IdentityDocument } from '../record/identity-documents.ts';
import type { Employee, Person, Representative } from '../record/people.ts';

/** Without an id the entry is new. */
interface Entry {
  readonly id?: string;
}

export type ContactPointSent = Entry & Partial<Pick<ContactPoint, 'kind' | 'value' | 'purposes' | 'label'>>;
export type AddressSent = Entry & Partial<AddressContent & Pick<AddressLink, 'label' | 'main' | 'roles'>>;
export type DocumentSent = Entry & Partial<Omit<IdentityDocument, 'id'>>;
export type PersonSent = Partial<Omit<Person, 'identityDocuments'>>;
export type EmployeeSent = Pick<Employee, 'customerId'> & Partial<Pick<Employee, 'position' | 'status'>>;

export interface RepresentativeSent extends Entry, PersonSent, PartySent {
  readonly role?: Representative['role'];
}

/** Lists of whoever can be reached and identified: a customer or a representative. `null` empties them. */
export interface PartySent {
  readonly contactPoints?: readonly ContactPointSent[] | null;
  readonly addresses?: readonly AddressSent[] | null;
  readonly identityDocuments?: readonly DocumentSent[] | null;
}

type Texts = 'reference' | 'accountNumber' | 'displayName' | 'company' | 'language' | 'priceGroup';

export interface CustomerSent extends PersonSent, PartySent, Partial<Pick<Customer, Texts>> {
  readonly kind?: Customer['kind'] | null;
  readonly status?: Customer['status'] | null;
  readonly taxIds?: Customer['taxIds'] | null;
  readonly customFields?: Customer['customFields'] | null;
  readonly representatives?: readonly RepresentativeSent[] | null;
  readonly employees?: readonly EmployeeSent[] | null;
}

/** Takes down a value that breaks a rule, by its place, such as `addresses/0/country`. */
export type Report = (field: string, message: string) => void;

/** The same for what is below a place. */
export const below =
  (report: Report, place: string | number): Report =>
  (field, message) =>
    report(field === '' ? String(place) : `${place}/${field}`, message);

/** What was reported so far. */
export function faultList(): { readonly faults: Fault[]; readonly report: Report } {
  const faults: Fault[] = [];
  return { faults, report: (field, message) => void faults.push({ field, message }) };
}

/** A text as it is kept: without blanks at its ends, and nothing in the place of an empty one. */
export const kept = (text: string | null): string | null => text?.trim() || null;

/** The keys of `Entity` that hold a text or nothing. */
export type TextKey<Entity> = {
  [Key in keyof Entity]-?: Entity[Key] extends string | null ? Key : never;
}[keyof Entity];

/** The entity with the texts that were sent; one that was sent as it stands is left alone, whatever it is. */
export function withTexts<Entity, Key extends TextKey<Entity>>(
  entity: Entity,
  sent: { readonly [Name in Key]?: string | null },
  keys: readonly Key[],
): Entity {
  let after = entity;
  for (const key of keys) {
    const value = sent[key];
    if (value === undefined || value === entity[key]) continue;
    const text = kept(value);
    if (text !== entity[key]) after = { ...after, [key]: text };
  }
  return after;
}

/** The entries after the lists of the request: those that are there by their ids, in the order sent, and new ones. */
export function withEntries<Item, Sent>(
  items: readonly Item[],
  sent: readonly Sent[],
  report: Report,
  options: {
    readonly idField: string;
    idOf(item: Item): string;
    sentId(sent: Sent): string | undefined;
    /** `undefined` where what was sent is not enough; the reason was reported. */
    add(sent: Sent, report: Report): Item | undefined;
    change(item: Item, sent: Sent, report: Report): Item;
  },
): readonly Item[] {
  const { idField, idOf, sentId, add, change } = options;
  const known = new Map(items.map(item => [idOf(item), item]));
  const seen = new Set<string>();
  const after = sent.flatMap((each, at) => {
    const here = below(report, at);
    const id = sentId(each);
    if (id !== undefined && seen.has(id)) {
      here(idField, 'stands in the list already');
      return [];
    }
    if (id !== undefined) seen.add(id);
    const item = id === undefined ? undefined : known.get(id);
    return item ? [change(item, each, here)] : (add(each, here) ?? []);
  });
  return after.length === items.length && after.every((item, at) => item === items[at]) ? items : after;
}

/** An id makes an entry one that is there: nobody chooses the id of a new one. */
export function expectNoId(sent: Entry, report: Report): boolean {
  if (sent.id === undefined) return true;
  report('id', 'names none of the entries that are there; leave it out for a new one');
  return false;
}
