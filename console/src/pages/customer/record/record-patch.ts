/** The merge patch that leads from one state of a record to another, and where the faults that it meets belong. */
import { same } from './three-way.ts';
import { type Customer, type CustomerPatch, NEW } from './types.ts';

type Fields = Readonly<Record<string, unknown>>;

const SCALARS = [
  ...(['kind', 'status', 'reference', 'accountNumber', 'displayName', 'company'] as const),
  ...(['givenName', 'familyName', 'gender', 'birthDate', 'citizenship', 'language', 'priceGroup'] as const),
  'taxIds',
] as const;

const CONTACT_POINT = ['kind', 'value', 'purposes', 'label'];
const DOCUMENT = ['kind', 'value', 'issuingCountry', 'issuingRegion', 'expiryDate'];
const ADDRESS = [
  ...['label', 'main', 'roles', 'line1', 'line2', 'houseNumber', 'locality', 'city', 'region', 'postalCode'],
  ...['country', 'countryText', 'latitude', 'longitude', 'contactName', 'contactGivenName'],
  ...['contactFamilyName', 'contactExtra', 'company', 'email', 'phone', 'phone2', 'fax', 'branch'],
];
const REPRESENTATIVE = ['role', 'givenName', 'familyName', 'gender', 'birthDate', 'citizenship'];

/** What may be written of the entries of a list; `lists` are lists within them. */
interface Shape {
  readonly idName: 'id' | 'customerId';
  readonly fields: readonly string[];
  readonly lists?: Readonly<Record<string, Shape>>;
}

const PARTY_LISTS: Readonly<Record<string, Shape>> = {
  contactPoints: { idName: 'id', fields: CONTACT_POINT },
  addresses: { idName: 'id', fields: ADDRESS },
  identityDocuments: { idName: 'id', fields: DOCUMENT },
};
const LISTS: Readonly<Record<string, Shape>> = {
  ...PARTY_LISTS,
  representatives: { idName: 'id', fields: REPRESENTATIVE, lists: PARTY_LISTS },
  employees: { idName: 'customerId', fields: ['position', 'status'] },
};

/** Lists are whole, their entries hold what differs. Nothing differs: an empty patch. */
export function patchBetween(present: Customer, wanted: Customer): CustomerPatch {
  const scalars = SCALARS.filter(name => !same(present[name], wanted[name]));
  return {
    ...Object.fromEntries(scalars.map(name => [name, wanted[name]])),
    ...listPatches(LISTS, present, wanted),
    ...(!same(present.customFields, wanted.customFields) && {
      customFields: mergePatchBetween(present.customFields, wanted.customFields),
    }),
  };
}

function listPatches(shapes: Readonly<Record<string, Shape>>, present: Fields, wanted: Fields): Fields {
  const lists = Object.entries(shapes).flatMap(([name, shape]) => {
    const patch = listPatch(shape, entriesOf(present[name]), entriesOf(wanted[name]));
    return patch ? [[name, patch] as const] : [];
  });
  return Object.fromEntries(lists);
}

/** `undefined` when the list is to stay as it is. */
function listPatch(
  { idName, fields, lists = {} }: Shape,
  present: readonly Fields[],
  wanted: readonly Fields[],
): readonly Fields[] | undefined {
  const patch = wanted.map(entry => {
    const known = present.find(each => each[idName] === entry[idName]);
    const id = known || idName === 'customerId' ? { [idName]: entry[idName] } : {};
    const written = fields.filter(name =>
      known ? !same(known[name], entry[name]) : entry[name] !== null && entry[name] !== undefined,
    );
    return {
      ...id,
      ...Object.fromEntries(written.map(name => [name, entry[name]])),
      ...listPatches(lists, known ?? {}, entry),
    };
  });
  const stays =
    patch.length === present.length &&
    patch.every(
      (entry, at) => Object.keys(entry).length === 1 && wanted[at]![idName] === present[at]![idName],
    );
  return stays ? undefined : patch;
}

/** RFC 7396: a name that is gone is `null`. A value cannot be `null`, therefore. */
export function mergePatchBetween(before: Fields, after: Fields): Fields {
  const gone = Object.keys(before).filter(name => !Object.hasOwn(after, name));
  const changed = Object.keys(after).filter(name => !same(before[name], after[name]));
  return Object.fromEntries([
    ...gone.map(name => [name, null] as const),
    ...changed.map(name => {
      const [from, to] = [before[name], after[name]];
      return [name, isFields(from) && isFields(to) ? mergePatchBetween(from, to) : to] as const;
    }),
  ]);
}

/** Faults name entries by their places in the list that was sent; here they get their ids: `addresses/<id>/city`. */
export function faultsById(
  faults: readonly { readonly field: string; readonly message: string }[],
  wanted: Customer,
): Readonly<Record<string, string>> {
  return Object.fromEntries(faults.map(({ field, message }) => [pathById(field, wanted), message]));
}

function pathById(field: string, wanted: Customer): string {
  let value: unknown = wanted;
  const names = field.split('/').filter(name => name !== '');
  return names
    .map(name => {
      const list = Array.isArray(value);
      value = isFields(value) || list ? (value as Fields)[name] : undefined;
      if (!list || !isFields(value)) return name;
      const id = value.id ?? value.customerId ?? value.kind;
      return typeof id === 'string' ? id : NEW;
    })
    .join('/');
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const entriesOf = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value : []);
