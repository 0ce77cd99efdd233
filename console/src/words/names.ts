/** How the items of a customer's lists are called: by their label, street, number or name, never by their id. */

/** As much of a change as tells names. */
export interface ToldFields {
  readonly fields: readonly { readonly path: string; readonly before: unknown; readonly after: unknown }[];
}

export interface ItemName {
  /** `Home`, `45 Old Mill Rd.`, `+351 …`. */
  readonly name: string | undefined;
  /** `email`, `passport`; for what it is there. */
  readonly kind: string | undefined;
}

/** By id. */
export type Names = (id: string) => ItemName;

export const NAMELESS: Names = () => ({ name: undefined, kind: undefined });

type Known = Map<string, Map<string, unknown>>;

/** The first of these that is known names the item. */
const NAMING = [
  'value',
  'label',
  'line1',
  'city',
  'displayName',
  'position',
  'issuingRegion',
  'postalCode',
] as const;

/** Longer than this is cut: it stands in a sentence. */
const NAME_MAXIMUM = 60;

/**
 * Names from the record as it is now (its JSON) and, for what is no longer there, from changes, newest first: the last
 * name that something had is its name.
 */
export function namesOf(record: unknown, changes: Iterable<ToldFields>): Names {
  const known: Known = new Map();
  gather(record, known);
  for (const { fields } of changes) {
    for (const { path, before, after } of fields) learn(known, path, after ?? before);
  }
  return id => {
    const fields = known.get(id);
    if (!fields) return NAMELESS(id);
    return { name: nameOf(fields), kind: text(fields.get('kind')) };
  };
}

/** Every object with an id, wherever it stands. */
function gather(value: unknown, known: Known): void {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) {
    const fields = value as Readonly<Record<string, unknown>>;
    const id = text(fields.id) ?? text(fields.customerId);
    if (id !== undefined) known.set(id, new Map(Object.entries(fields)));
  }
  for (const item of Object.values(value)) gather(item, known);
}

function learn(known: Known, path: string, value: unknown): void {
  const segments = path.split('/');
  const field = segments.at(-1)!;
  const id = segments.at(segments.at(-2) === 'address' ? -3 : -2);
  if (id === undefined || segments.length < 3 || value === null || value === undefined) return;
  const fields = known.get(id) ?? new Map<string, unknown>();
  known.set(id, fields);
  if ((fields.get(field) ?? null) === null) fields.set(field, value);
}

function nameOf(fields: ReadonlyMap<string, unknown>): string | undefined {
  const person = [text(fields.get('givenName')), text(fields.get('familyName'))].filter(Boolean).join(' ');
  const name =
    person !== '' ? person : NAMING.map(field => text(fields.get(field))).find(each => each !== undefined);
  return name !== undefined && name.length > NAME_MAXIMUM ? `${name.slice(0, NAME_MAXIMUM - 1)}…` : name;
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value : undefined;
