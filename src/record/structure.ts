/** How the record is built: which parts are values, entities with an id, or open maps. What history walks along. */
import { emptyAddress, linkTo } from './address.ts';
import { emptyCustomer } from './customer.ts';
import type { Json } from './json.ts';

/** A part without a description in `parts` is a value that is `null` while nothing is there. */
export type Part =
  /** Changes as a whole, whatever is in it. */
  | { readonly kind: 'value'; readonly nothing: null | readonly [] }
  /** An object whose fields are known. */
  | { readonly kind: 'fields'; readonly parts: Readonly<Record<string, Part>> }
  /** An object with any keys: a key is there or not. */
  | { readonly kind: 'entries'; readonly of: Part }
  /** A list, in a meant order, of entities that an id tells apart. */
  | Entities;

export interface Entities {
  readonly kind: 'entities';
  readonly item: Extract<Part, { readonly kind: 'fields' }>;
  /** Where the id stands within the item. The entity is there exactly while this field is. */
  readonly id: readonly string[];
  /** An entity with this id of which nothing else is known yet. */
  empty(id: string): Fields;
}

export type Fields = Readonly<Record<string, unknown>>;

/** Bookkeeping that changes with every write and tells a reader of the history nothing. */
export const BOOKKEEPING: ReadonlySet<string> = new Set(['version', 'updatedAt']);

export const VALUE: Part = { kind: 'value', nothing: null };
const LIST: Part = { kind: 'value', nothing: [] };
const NOTHING_KNOWN: Fields = {};

/** A phrasing changes as a whole: what was said and what it stood for belong together. */
const PHRASED = { phrasings: entries(entries(VALUE)) };

const CONTACT_POINTS = entities(fields({ purposes: LIST, ...PHRASED }), ['id'], {
  number: null,
  value: '',
  e164: null,
  purposes: [],
  label: null,
  phrasings: {},
});

const ADDRESSES: Entities = {
  kind: 'entities',
  item: fields({ address: fields(PHRASED), roles: LIST }),
  id: ['address', 'id'],
  empty: id => ({ ...linkTo(emptyAddress(id)) }),
};

const IDENTITY_DOCUMENTS = entities(fields({}), ['id'], {
  value: null,
  issuingCountry: null,
  issuingRegion: null,
  expiryDate: null,
});

const PERSON = { identityDocuments: IDENTITY_DOCUMENTS };

const REPRESENTATIVES = entities(
  fields({ ...PERSON, contactPoints: CONTACT_POINTS, addresses: ADDRESSES, ...PHRASED }),
  ['id'],
  {
    givenName: null,
    familyName: null,
    gender: null,
    birthDate: null,
    citizenship: null,
    identityDocuments: [],
    contactPoints: [],
    addresses: [],
    phrasings: {},
  },
);

/** The customer is an entity too: the only one that is in no list. */
export const CUSTOMER: Entities = {
  kind: 'entities',
  item: fields({
    ...PERSON,
    contactPoints: CONTACT_POINTS,
    addresses: ADDRESSES,
    representatives: REPRESENTATIVES,
    employees: entities(fields({}), ['customerId'], NOTHING_KNOWN),
    orders: entities(fields({}), ['id'], NOTHING_KNOWN),
    subscriptions: entities(fields({}), ['id'], NOTHING_KNOWN),
    taxIds: LIST,
    customFields: entries(VALUE),
    ...PHRASED,
  }),
  id: ['id'],
  empty: id => ({ ...emptyCustomer('individual', id) }),
};

function fields(parts: Readonly<Record<string, Part>>): Extract<Part, { readonly kind: 'fields' }> {
  return { kind: 'fields', parts };
}

function entries(of: Part): Part {
  return { kind: 'entries', of };
}

function entities(item: Entities['item'], id: readonly [string], rest: Fields): Entities {
  return { kind: 'entities', item, id, empty: given => ({ [id[0]]: given, ...rest }) };
}

/** The id of an item of the list. */
export function idOf({ id }: Entities, item: unknown): string {
  let value = item;
  for (const name of id) value = (value as Fields | undefined)?.[name];
  return value as string;
}

/** The description of a field; `Object.hasOwn`, because a key may be `constructor`. */
export const partOf = (whole: Extract<Part, { readonly kind: 'fields' }>, name: string): Part =>
  Object.hasOwn(whole.parts, name) ? whole.parts[name]! : VALUE;

/** What a value says: an absent one says nothing. */
export const said = (value: unknown): Json => (value === undefined ? null : (value as Json));

/** Segments are joined as JSON Pointer joins them (RFC 6901 §3), because a key or an id may hold a `/`. */
export const segmentOf = (name: string): string =>
  name.includes('/') || name.includes('~') ? name.replaceAll('~', '~0').replaceAll('/', '~1') : name;

export const segmentsOf = (path: string): string[] =>
  path.includes('~')
    ? path.split('/').map(segment => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
    : path.split('/');
