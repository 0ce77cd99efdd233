/** Which words a write changes, as `concord.search_write` takes it. Pure. */
import type { Address } from '../record/address.ts';
import type { Customer } from '../record/customer.ts';
import { sameJson } from '../record/json.ts';
import { ownWords, placeWords, type RankedWords } from '../record/search-words.ts';

export interface WrittenWords {
  /** Words of customers, and of addresses that are new. */
  own?: { customer: number; source: number; words: readonly string[]; dropped?: readonly string[] }[];
  /** Addresses that changed, with all words that they have now. */
  places?: { id: string; source: number; words: readonly string[] }[];
  linked?: { customer: number; id: string; source: number }[];
  unlinked?: { customer: number; source: number }[];
}

const OWN = 0;

/** What the words of a customer are made of. */
const OWN_FIELDS = [
  'kind',
  'status',
  'displayName',
  'givenName',
  'familyName',
  'company',
  'accountNumber',
  'reference',
  'contactPoints',
  'taxIds',
  'representatives',
] as const satisfies readonly (keyof Customer)[];

const PLACE_FIELDS = [
  'company',
  'contactName',
  'contactGivenName',
  'contactFamilyName',
  'contactExtra',
  'email',
  'phone',
  'phone2',
  'fax',
  'city',
  'locality',
  'postalCode',
  'country',
] as const satisfies readonly (keyof Address)[];

/** As the schema's functions take them: the rank, then the word. */
export const written = (words: RankedWords): string[] => [...words].map(([word, rank]) => `${rank}${word}`);

/** `undefined` when nothing changed that anybody searches for. `after` is what was wanted, `stored` what will stand. */
export function changedWords(
  before: readonly (Customer | undefined)[],
  after: readonly Customer[],
  stored: readonly Customer[],
): WrittenWords | undefined {
  const words: Required<WrittenWords> = { own: [], places: [], linked: [], unlinked: [] };
  const known = new Map<string, Address>();
  for (const customer of before)
    for (const { address } of customer?.addresses ?? []) known.set(address.id, address);
  const wanted = after.flatMap(customer => customer.addresses.map(link => link.address));
  const fresh = new Set(
    wanted.filter(({ id, version }) => version === 0 && !known.has(id)).map(({ id }) => id),
  );
  const places = new Set<string>();
  stored.forEach((customer, index) => {
    const old = before[index];
    if (customer === old) return;
    addOwn(words, old, customer);
    for (const { address } of customer.addresses) {
      const was = known.get(address.id);
      const linked = old?.addresses.some(link => link.address.id === address.id) ?? false;
      if (!linked) addLinked(words, customer, address, fresh.has(address.id));
      if (was !== undefined && !places.has(address.id)) {
        places.add(address.id);
        addPlace(words, was, address);
      }
    }
    for (const { address } of old?.addresses ?? []) {
      if (customer.addresses.some(link => link.address.id === address.id)) continue;
      words.unlinked.push({ customer: customer.number, source: address.number! });
    }
  });
  const present = Object.entries(words).filter(([, list]) => list.length > 0);
  return present.length === 0 ? undefined : (Object.fromEntries(present) as WrittenWords);
}

function addOwn({ own }: Required<WrittenWords>, old: Customer | undefined, customer: Customer): void {
  if (old && OWN_FIELDS.every(field => sameJson(old[field], customer[field]))) return;
  const after = written(ownWords(customer));
  const before = old ? written(ownWords(old)) : [];
  const words = after.filter(word => !before.includes(word));
  const dropped = before.filter(word => !after.includes(word));
  if (words.length + dropped.length === 0) return;
  own.push({ customer: customer.number, source: OWN, words, ...(dropped.length > 0 && { dropped }) });
}

function addLinked(
  { own, linked }: Required<WrittenWords>,
  customer: Customer,
  address: Address,
  fresh: boolean,
): void {
  const source = address.number!;
  if (!fresh) {
    linked.push({ customer: customer.number, id: address.id, source });
    return;
  }
  const words = written(placeWords(address));
  if (words.length > 0) own.push({ customer: customer.number, source, words });
}

function addPlace({ places }: Required<WrittenWords>, was: Address, address: Address): void {
  if (was === address || PLACE_FIELDS.every(field => was[field] === address[field])) return;
  const words = written(placeWords(address));
  if (sameJson(written(placeWords(was)), words)) return;
  places.push({ id: address.id, source: address.number!, words });
}
