/** A record as the API tells it, as fields by path: for showing two of them beside each other. */
import { isList, type ListName } from '../../../words/nouns.ts';

/** What says nothing to a reader, or what another field says already. */
const UNSHOWN = new Set([
  ...['id', 'version', 'ids', 'formatted', 'updatedAt', 'number', 'name', 'archived', 'rank', 'e164'],
]);

export type RecordFields = ReadonlyMap<string, unknown>;

/** In the order of the record; items of lists by id. What is empty is not there. */
export function fieldsOf(record: unknown): RecordFields {
  const fields = new Map<string, unknown>();
  gather(record, '', fields);
  return fields;
}

function gather(value: unknown, path: string, fields: Map<string, unknown>): void {
  for (const [name, field] of Object.entries((value ?? {}) as Readonly<Record<string, unknown>>)) {
    const below = path === '' ? name : `${path}/${name}`;
    if (UNSHOWN.has(name) || isEmpty(field)) continue;
    if (isList(name) && Array.isArray(field)) {
      for (const item of field as readonly { readonly id?: string; readonly customerId?: string }[]) {
        gather(item, `${below}/${item.id ?? item.customerId}`, fields);
      }
    } else if (name === 'customFields' && path === '') {
      for (const [key, custom] of Object.entries(field as Readonly<Record<string, unknown>>)) {
        fields.set(`${below}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, custom);
      }
    } else fields.set(below, field);
  }
}

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

export interface ComparedField {
  readonly path: string;
  readonly was: unknown;
  readonly is: unknown;
  readonly differs: boolean;
}

/** All fields of either, those of today that were not there then at the end of their section. */
export function compared(then: RecordFields, now: RecordFields): ComparedField[] {
  return [...new Set([...then.keys(), ...now.keys()])].map(path => {
    const [was, is] = [then.get(path), now.get(path)];
    return { path, was, is, differs: JSON.stringify(was) !== JSON.stringify(is) };
  });
}

export interface Section {
  /** `undefined` for the customer's own fields. */
  readonly list: ListName | 'customFields' | undefined;
  readonly groups: readonly { readonly item: string; readonly fields: readonly ComparedField[] }[];
}

/** By list, and in it by item. */
export function sectionsOf(fields: readonly ComparedField[]): Section[] {
  const sections = new Map<Section['list'], Map<string, ComparedField[]>>();
  for (const field of fields) {
    const [first, id] = field.path.split('/');
    const isItem = id !== undefined && first !== undefined && isList(first);
    const list = isItem ? first : first === 'customFields' && id !== undefined ? 'customFields' : undefined;
    const groups = sections.get(list) ?? new Map<string, ComparedField[]>();
    sections.set(list, groups);
    const item = isItem ? `${first}/${id}` : '';
    groups.set(item, [...(groups.get(item) ?? []), field]);
  }
  return [...sections].map(([list, groups]) => ({
    list,
    groups: [...groups].map(([item, own]) => ({ item, fields: own })),
  }));
}
