/** A record is what its changes made it: a change applied to the record before, or taken back from the record after. */
import type { Change } from './changes.ts';
import type { Customer } from './customer.ts';
import { type FieldChange, ORDER } from './difference.ts';
import type { Json } from './json.ts';
import {
  CUSTOMER,
  type Entities,
  type Fields,
  idOf,
  type Part,
  partOf,
  segmentOf,
  segmentsOf,
} from './structure.ts';

/** The fields of one change that lie at and below one segment of their paths. */
interface Node {
  /** The value to stand at this path; `undefined` for nothing. */
  value?: Json | undefined;
  set: boolean;
  readonly below: Map<string, Node>;
}

type Side = 'before' | 'after';

/**
 * The record after the change, from the record before it. Exact for what `fullDifference` tells; where numbers of
 * documents are masked, the masked text becomes the value. Version and time of change stay as they are in `before`.
 */
export const apply = (before: Customer | undefined, fields: readonly FieldChange[]): Customer | undefined =>
  built(before, fields, 'after');

/** The record before the change, from the record after it. */
export const unapply = (after: Customer | undefined, fields: readonly FieldChange[]): Customer | undefined =>
  built(after, fields, 'before');

export interface Rewound {
  readonly customer: Customer | undefined;
  /** The time is reached: what lies further back changes nothing of the answer. */
  readonly reached: boolean;
}

/**
 * The record as it was at the time, an ISO 8601 text in UTC: after the newest change that is not later. `newestFirst`
 * may be a page of the history; the next page goes on from the customer that this one leads to. The numbers of
 * documents have to be in full. Version is that of the present; nobody had the record changed after `updatedAt`.
 */
export function rewind(present: Customer | undefined, newestFirst: readonly Change[], time: string): Rewound {
  let customer = present;
  for (const change of newestFirst) {
    if (change.erased) return { customer: undefined, reached: true };
    if (change.at <= time) return { customer: customer && asOf(customer, change.at), reached: true };
    customer = unapply(customer, change.fields);
  }
  return { customer, reached: false };
}

/** Times that history does not keep are no later than the last change. */
export const asOf = (customer: Customer, at: string): Customer => ({
  ...customer,
  updatedAt: at,
  addresses: customer.addresses.map(link =>
    link.address.updatedAt > at ? { ...link, address: { ...link.address, updatedAt: at } } : link,
  ),
});

function built(
  present: Customer | undefined,
  fields: readonly FieldChange[],
  side: Side,
): Customer | undefined {
  if (fields.length === 0) return present;
  const root = treeOf(fields, side);
  return entityOf(CUSTOMER, present as Fields | undefined, present?.id ?? '', root) as Customer | undefined;
}

function treeOf(fields: readonly FieldChange[], side: Side): Node {
  const root: Node = { set: false, below: new Map() };
  for (const field of fields) {
    let node = root;
    for (const segment of segmentsOf(field.path)) {
      let next = node.below.get(segment);
      if (!next) {
        next = { set: false, below: new Map() };
        node.below.set(segment, next);
      }
      node = next;
    }
    node.set = true;
    node.value = field[side] === null && field.explicitNull !== side ? undefined : field[side];
  }
  return root;
}

function changedPart(part: Part, present: unknown, node: Node): unknown {
  if (part.kind === 'fields') return fieldsOf(part, (present ?? {}) as Fields, node);
  if (part.kind === 'entries') return entriesOf(part.of, (present ?? {}) as Fields, node);
  if (part.kind === 'entities') return entitiesOf(part, (present ?? []) as readonly unknown[], node);
  if (node.set) return node.value === undefined ? part.nothing : node.value;
  return patched(present, node);
}

function fieldsOf(
  part: Extract<Part, { readonly kind: 'fields' }>,
  present: Fields,
  { below }: Node,
): Fields {
  const after: Record<string, unknown> = { ...present };
  for (const [name, node] of below) after[name] = changedPart(partOf(part, name), present[name], node);
  return after;
}

/** A key whose value becomes nothing goes; so does a map of maps that is left empty. */
function entriesOf(of: Part, present: Fields, { below }: Node): Fields {
  const after = new Map(Object.entries(present));
  for (const [name, node] of below) {
    const value = of.kind === 'value' && node.set ? node.value : changedPart(of, after.get(name), node);
    const gone = value === undefined || (of.kind === 'entries' && Object.keys(value as object).length === 0);
    if (gone) after.delete(name);
    else after.set(name, value);
  }
  return Object.fromEntries(after);
}

/** `undefined` when the change leaves no entity, which its id tells. */
function entityOf(part: Entities, present: Fields | undefined, id: string, node: Node): Fields | undefined {
  let leaf: Node | undefined = node;
  for (const name of part.id) leaf = leaf?.below.get(name);
  if (leaf?.set && leaf.value === undefined) return undefined;
  if (present) return fieldsOf(part.item, present, node);
  return leaf?.set ? fieldsOf(part.item, part.empty(id), node) : undefined;
}

/** What stays keeps its order, what is new comes behind it, and an order that is told overrules both. */
function entitiesOf(part: Entities, present: readonly unknown[], { below }: Node): readonly unknown[] {
  const order = below.get(ORDER);
  const after = new Map(present.map(item => [idOf(part, item), item]));
  for (const [id, node] of below) {
    if (node.below.size === 0) continue;
    const item = entityOf(part, after.get(id) as Fields | undefined, id, node);
    if (item) after.set(id, item);
    else after.delete(id);
  }
  const ids = Array.isArray(order?.value)
    ? inOrder([...after.keys()], order.value as string[])
    : after.keys();
  return Array.from(ids, id => after.get(id));
}

/** Those that the order names come first, as it names them. */
export function inOrder(ids: readonly string[], order: readonly string[]): string[] {
  const present = new Set(ids);
  const named = new Set(order);
  return [...order.filter(id => present.has(id)), ...ids.filter(id => !named.has(id))];
}

/** Schema versions before 3 told the keys within a value one by one. */
function patched(present: unknown, { below }: Node): unknown {
  const object = typeof present === 'object' && present !== null && !Array.isArray(present) ? present : {};
  const after = new Map(Object.entries(object));
  for (const [name, node] of below) {
    const value = node.set ? node.value : patched(after.get(name), node);
    if (value === undefined) after.delete(name);
    else after.set(name, value);
  }
  return after.size === 0 ? undefined : Object.fromEntries(after);
}

/** The value at a path of `difference`; `undefined` where there is nothing, as there is no key or no entity. */
export function valueAt(customer: Customer, path: string): Json | undefined {
  let part: Part = CUSTOMER.item;
  let value: unknown = customer;
  const segments = segmentsOf(path);
  for (const [at, segment] of segments.entries()) {
    if (value === undefined || value === null) return undefined;
    if (part.kind === 'entities') {
      const list: Entities = part;
      const items = value as readonly unknown[];
      if (segment === ORDER && at === segments.length - 1) return items.map(item => idOf(list, item));
      value = items.find(item => idOf(list, item) === segment);
      part = list.item;
    } else {
      const fields = value as Fields;
      value = Object.hasOwn(fields, segment) ? fields[segment] : undefined;
      part = below(part, segment);
    }
  }
  return value as Json | undefined;
}

const below = (part: Part, segment: string): Part => {
  if (part.kind === 'fields') return partOf(part, segment);
  return part.kind === 'entries' ? part.of : part;
};

/** Where an entity is, and where its id: the entity is there while the id is. */
export interface EntityPath {
  readonly entity: string;
  readonly id: string;
  readonly list: string;
}

/** The entities that the field belongs to, outermost first; none for a field of the customer's own. */
export function entitiesAround(path: string): EntityPath[] {
  let part: Part = CUSTOMER.item;
  const found: EntityPath[] = [];
  const segments = segmentsOf(path).map(segmentOf);
  // A list is followed by an id and a field; what ends behind the list is its order.
  for (const [at, segment] of segments.entries()) {
    if (part.kind !== 'entities') {
      part = below(part, segment);
    } else if (at < segments.length - 1) {
      const entity = segments.slice(0, at + 1).join('/');
      found.push({ entity, id: [entity, ...part.id].join('/'), list: segments.slice(0, at).join('/') });
      part = part.item;
    }
  }
  return found;
}
