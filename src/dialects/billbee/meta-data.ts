/** Writing MetaData: the list of all contact entries as a whole (billbee.md §3.2 (5) [convention]). */
import type { ContactPoint } from '../../record/contact-points.ts';
import type { Customer } from '../../record/customer.ts';
import { kindOf, newEntry, says, typeOf, updateEntry } from './entries.ts';
import { hasId } from './request.ts';
import { invalid } from './values.ts';
import type { MetaInput } from './wire.ts';

export interface Listed {
  /** The listed entries in the order of the list, then those that were not listed. */
  readonly customer: Customer;
  /** The ids of the contact points that the list names. */
  readonly ids: ReadonlySet<string>;
}

/**
 * Entries with an Id are changed. One without is the stored entry of the same TypeId and Value, where the list
 * does not name that by Id, so that a list written twice is written once; otherwise it is new.
 * @throws ConcordError `value-invalid`.
 */
export function writeList(customer: Customer, list: readonly MetaInput[]): Listed {
  const chosen = pair(customer, list);
  const listed = list.map((item, index) => {
    const path = `MetaData[${index}]`;
    const point = chosen[index];
    return point ? updateEntry(point, item, path) : newEntry(item, kindOf(item, 'phone'), path);
  });
  const ids = new Set(listed.map(point => point.id));
  const points = [...listed, ...customer.contactPoints.filter(point => !ids.has(point.id))];
  const same =
    points.length === customer.contactPoints.length &&
    points.every((point, index) => point === customer.contactPoints[index]);
  return { customer: same ? customer : { ...customer, contactPoints: points }, ids };
}

function pair(customer: Customer, list: readonly MetaInput[]): (ContactPoint | undefined)[] {
  const taken = new Set<ContactPoint>();
  const take = (point: ContactPoint | undefined): ContactPoint | undefined => {
    if (point) taken.add(point);
    return point;
  };
  const chosen = list.map((item, index) => {
    if (!hasId(item.Id)) {
      if (item.TypeId === undefined) throw invalid(`MetaData[${index}].TypeId`, 'is required.');
      return undefined;
    }
    const point = entryByNumber(customer, item.Id, `MetaData[${index}].Id`);
    if (taken.has(point)) throw invalid(`MetaData[${index}].Id`, 'names an entry for the second time.');
    return take(point);
  });
  for (const alike of [says, sameEntry]) {
    for (const [index, item] of list.entries()) {
      if (chosen[index] || hasId(item.Id) || !item.Value) continue;
      chosen[index] = take(customer.contactPoints.find(point => !taken.has(point) && alike(point, item)));
    }
  }
  return chosen;
}

/** The same TypeId and Value, under another label (billbee.md §3.2 (4) [convention]). */
const sameEntry = (point: ContactPoint, item: MetaInput): boolean =>
  item.TypeId === typeOf(point.kind) && item.Value === point.value && kindOf(item, point.kind) === point.kind;

/** @throws ConcordError `value-invalid`: an unknown Id and one of another customer look the same. */
export function entryByNumber(customer: Customer, number: number, path: string): ContactPoint {
  const point = customer.contactPoints.find(each => each.number === number);
  if (!point) throw invalid(path, 'is not the Id of an entry of this customer.');
  return point;
}
