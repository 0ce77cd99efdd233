/** Reverting a change: the customer with what one change set put back, and nothing else disturbed. */
import { type Address, type Addressed, type AddressLink, replaceAddresses } from './address.ts';
import type { Change } from './changes.ts';
import { type ContactKind, type Reachable, replaceContactPoints } from './contact-points.ts';
import type { Customer } from './customer.ts';
import { difference, type FieldChange, isMasked, ORDER } from './difference.ts';
import { ConcordError } from './errors.ts';
import { type EntityPath, entitiesAround, inOrder, unapply, valueAt } from './history.ts';
import { type Json, sameJson } from './json.ts';
import type { Representative } from './people.ts';
import { leavesOf } from './provenance.ts';
import { segmentsOf } from './structure.ts';

export interface RevertOptions {
  /**
   * Only these paths of the change, each with all that lies below it. An entity that the change took away comes back
   * whole, whichever of its paths is named. All of them when absent.
   */
  readonly paths?: readonly string[];
  /** What happened to the customer afterwards, as far as it was read: it names who is in the way. */
  readonly later: readonly Change[];
  /** Puts back what was changed again later, too. */
  readonly force?: boolean;
  /**
   * Addresses that the change took from the customer and that another customer still has: they are linked again, as
   * they are now. One that is not here is made anew, with its id and number, which nobody else can have got.
   */
  readonly shared?: readonly Address[];
}

export interface Reverted {
  readonly customer: Customer;
}

/** An address that the reverted change took away, by which to find whether somebody else still has it. */
export interface LostAddress {
  readonly id: string;
  readonly number: number;
}

/**
 * The customer without what the change did. The change has to hold the numbers of documents in full. What the record
 * promises holds for the result: one main address, each role and each purpose held once. By force, what comes back takes
 * them from who got them later.
 *
 * @throws ConcordError `state-conflict` with context `{rule}`: `creation`, `removal`, `erased`; `unknown-paths` when the
 *   change has none of the paths; `masked` when history does not know the number of a document; `later-changes` with
 *   `fields: {path, sequence}[]` when something else stands there by now, or somebody else holds what only one may hold
 *   (`sequence` is `null` where `later` does not tell); `gone` with `fields` when the entity of a field is no more, which
 *   `force` does not bring back.
 */
export function revertChange(customer: Customer, change: Change, options: RevertOptions): Reverted {
  expectRevertible(change);
  const fields = chosen(change.fields, options.paths);
  if (fields.length === 0 && change.fields.length > 0) {
    throw conflict('unknown-paths', 'The change has none of these paths.');
  }
  if (fields.some(({ path, before }) => isMasked(path) && isMaskedText(before))) {
    throw conflict('masked', 'The history does not hold the number of a document that would come back.');
  }
  const wanted = fields.filter(field => !isBack(customer, field));
  const changedLater = [
    ...wanted.filter(field => !stands(customer, field)).map(({ path }) => path),
    ...addedLater(customer, wanted),
  ];
  if (changedLater.length > 0 && options.force !== true) throw laterChanges(changedLater, options);
  const gone = wanted.filter(field => isHomeless(customer, field, wanted));
  if (gone.length > 0) {
    throw conflict('gone', 'What these fields belong to is no longer there.', {
      fields: gone.map(({ path }) => ({ path, sequence: latestOf(path, options.later) })),
    });
  }
  if (wanted.length === 0) return { customer };
  const after = unapply(customer, wanted) as Customer;
  const reverted = settled(withShared(after, customer, options.shared ?? []), customer, wanted);
  const alsoTaken = takenFrom(customer, reverted, change);
  if (alsoTaken.length > 0 && options.force !== true) throw laterChanges(alsoTaken, options);
  return { customer: reverted };
}

const laterChanges = (paths: readonly string[], { later }: RevertOptions): ConcordError =>
  conflict('later-changes', 'Fields that would be put back were changed later.', {
    fields: paths.map(path => ({ path, sequence: latestOf(path, later) })),
  });

/** Who got later, and would lose, what only one may hold: being the main address, a role, a purpose. */
function takenFrom(customer: Customer, reverted: Customer, { fields }: Change): string[] {
  const own = new Set(fields.map(({ path }) => path));
  return difference(customer, reverted)
    .map(({ path }) => path)
    .filter(path => HELD_ONCE.test(path) && !own.has(path));
}

const HELD_ONCE = /\/(main|roles|purposes)$/;

/** The addresses that the change took away from the customer. Those of representatives are never shared. */
export function lostAddresses(change: Change): LostAddress[] {
  return change.fields.flatMap(({ path, before, after }) => {
    const [list, id, ...rest] = segmentsOf(path);
    const lost = list === 'addresses' && rest.join('/') === 'address/number' && after === null;
    return lost && typeof before === 'number' ? [{ id: id!, number: before }] : [];
  });
}

function expectRevertible({ fields, erased }: Change): void {
  if (erased) throw conflict('erased', 'The customer was erased, and the change holds no values any more.');
  const id = fields.find(({ path }) => path === 'id');
  if (id?.before === null) throw conflict('creation', 'The creation of a customer cannot be reverted.');
  if (id?.after === null) throw conflict('removal', 'The removal of a customer cannot be reverted.');
}

function chosen(
  fields: readonly FieldChange[],
  paths: readonly string[] | undefined,
): readonly FieldChange[] {
  if (paths === undefined) return fields;
  const named = new Set(
    fields.filter(({ path }) => paths.some(one => path === one || path.startsWith(`${one}/`))),
  );
  const taken = new Set(fields.filter(({ after }) => after === null).map(({ path }) => path));
  const whole = [...named].flatMap(
    ({ path }): EntityPath | [] => entitiesAround(path).find(({ id }) => taken.has(id)) ?? [],
  );
  const places = new Set(whole.map(({ list }) => `${list}/${ORDER}`));
  return fields.filter(
    field =>
      named.has(field) ||
      places.has(field.path) ||
      whole.some(({ entity }) => field.path.startsWith(`${entity}/`)),
  );
}

const isBack = (customer: Customer, field: FieldChange): boolean =>
  isOrder(field) ? sameJson(valueAt(customer, field.path), field.before) : holds(customer, field, 'before');

/** What the change left is what is there. Of an order, as far as the same items are there. */
function stands(customer: Customer, field: FieldChange): boolean {
  if (!isOrder(field)) return holds(customer, field, 'after');
  const ids = (valueAt(customer, field.path) ?? []) as string[];
  const left = field.after as string[];
  return sameJson(
    ids.filter(id => left.includes(id)),
    left.filter(id => ids.includes(id)),
  );
}

function holds(customer: Customer, field: FieldChange, side: 'before' | 'after'): boolean {
  const now = valueAt(customer, field.path);
  if (!isOpenKey(field.path)) return sameJson(said(now), said(field[side]));
  // A key is there or not, whatever its value: null and an empty list are values like others.
  return (now === null) === (field.explicitNull === side) && sameJson(now ?? null, field[side]);
}

const isOpenKey = (path: string): boolean => path.startsWith('customFields/');

/** An absent list and an empty one say the same. */
const said = (value: Json | undefined): Json =>
  value === undefined || (Array.isArray(value) && value.length === 0) ? null : value;

const isOrder = ({ path, before, after }: FieldChange): boolean =>
  path.endsWith(`/${ORDER}`) && Array.isArray(before) && Array.isArray(after);

const isMaskedText = (value: Json): boolean => typeof value === 'string' && /^….{0,4}$/u.test(value);

/** What an entity that would go has come to hold since the change brought it. */
function addedLater(customer: Customer, wanted: readonly FieldChange[]): string[] {
  const leaving = wanted
    .filter(({ path, before }) => before === null && entitiesAround(path).at(-1)?.id === path)
    .map(({ path }) => entitiesAround(path).at(-1)!.entity);
  if (leaving.length === 0) return [];
  const told = new Set(wanted.map(({ path }) => path));
  return leavesOf(customer).filter(
    path => !told.has(path) && leaving.some(entity => path.startsWith(`${entity}/`)),
  );
}

/** One of the entities around the field is not there, and is not among what comes back. */
const isHomeless = (customer: Customer, { path }: FieldChange, wanted: readonly FieldChange[]): boolean =>
  entitiesAround(path).some(
    ({ id }) =>
      valueAt(customer, id) === undefined &&
      !wanted.some(field => field.path === id && field.before !== null),
  );

const latestOf = (path: string, later: readonly Change[]): number | null =>
  later
    .filter(change => change.fields.some(field => overlaps(field.path, path)))
    .reduce<number | null>((latest, { sequence }) => Math.max(latest ?? 0, sequence), null);

const overlaps = (one: string, other: string): boolean =>
  one === other || one.startsWith(`${other}/`) || other.startsWith(`${one}/`);

function withShared(after: Customer, before: Customer, shared: readonly Address[]): Customer {
  const known = new Set(before.addresses.map(link => link.address.id));
  const byId = new Map(shared.map(address => [address.id, address]));
  const relinked = (link: AddressLink): AddressLink =>
    known.has(link.address.id) ? link : { ...link, address: byId.get(link.address.id) ?? link.address };
  return { ...after, addresses: after.addresses.map(relinked) };
}

/** The promises of the record, kept again where something else came to hold what comes back. */
function settled(after: Customer, before: Customer, wanted: readonly FieldChange[]): Customer {
  const back = new Set(
    wanted.flatMap(({ path }) =>
      /\/(main|roles|purposes)$/.test(path) ? (entitiesAround(path).at(-1)?.entity ?? []) : [],
    ),
  );
  const customer = settledParty(after, '', back);
  const representatives = customer.representatives.map(person =>
    settledPerson(person, before, `representatives/${person.id}/`, back),
  );
  return { ...customer, representatives };
}

const settledPerson = (
  person: Representative,
  before: Customer,
  path: string,
  back: ReadonlySet<string>,
): Representative => (before.representatives.includes(person) ? person : settledParty(person, path, back));

const KINDS: readonly ContactKind[] = ['email', 'phone', 'fax'];

/** Whoever comes first keeps what only one may hold; then everything goes back to its place. */
function settledParty<T extends Addressed & Reachable>(party: T, path: string, back: ReadonlySet<string>): T {
  const winnersFirst = <Item>(items: readonly Item[], list: string, idOf: (item: Item) => string) => {
    const wins = (item: Item): boolean => back.has(`${path}${list}/${idOf(item)}`);
    return [...items.filter(wins), ...items.filter(item => !wins(item))];
  };
  const linkId = (link: AddressLink): string => link.address.id;
  let after = replaceAddresses(party, winnersFirst(party.addresses, 'addresses', linkId));
  after = { ...after, addresses: inPlace(after.addresses, party.addresses, linkId) };
  for (const kind of KINDS) {
    const mine = after.contactPoints.filter(point => point.kind === kind);
    after = replaceContactPoints(
      after,
      kind,
      winnersFirst(mine, 'contactPoints', point => point.id),
    );
  }
  return { ...after, contactPoints: inPlace(after.contactPoints, party.contactPoints, point => point.id) };
}

function inPlace<Item>(
  items: readonly Item[],
  places: readonly Item[],
  idOf: (item: Item) => string,
): Item[] {
  const byId = new Map(items.map(item => [idOf(item), item]));
  return inOrder([...byId.keys()], places.map(idOf)).map(id => byId.get(id)!);
}

const conflict = (
  rule: string,
  message: string,
  context: Readonly<Record<string, unknown>> = {},
): ConcordError => new ConcordError('state-conflict', { message, context: { rule, ...context } });
