/** Generated contact parts of a body: those whose three views agree, and any that validation lets pass. */
import fc from 'fast-check';
import type { Customer } from '../../record/customer.ts';
import { readContacts } from './contacts.ts';
import { SLOTS } from './slots.ts';
import { type ContactsInput, type Meta, TYPE_NAMES, type TypeId } from './wire.ts';

type Loose = Record<string, unknown>;

/** Values that no generated customer has. */
const fresh = (type: TypeId, index: number): string =>
  type === 1 ? `new.${index}@example.test` : `+49 89 12345${index}`;

const label = (type: TypeId): fc.Arbitrary<string | null> =>
  type === 1
    ? fc.constantFrom('default', 'invoices', '', null)
    : fc.constantFrom('phone', 'fax', 'Büro', '', null);

const nothing = fc.constantFrom(null, '');

/** Email, Tel1 and Tel2 alone: what the shorter clients send. */
export function flats(customer: Customer): fc.Arbitrary<ContactsInput> {
  const values = customer.contactPoints.map(point => point.value);
  const value = (type: TypeId) =>
    fc.oneof(
      nothing,
      fc.nat(2).map(index => fresh(type, index)),
      ...values.map(each => fc.constant(each)),
    );
  return fc.record({ Email: value(1), Tel1: value(2), Tel2: value(2) }, { requiredKeys: [] });
}

/** Entries as they shall be: those of the customer, some of them changed, and two new ones of each type. */
function pools(customer: Customer): fc.Arbitrary<readonly Meta[]> {
  const changed = readContacts(customer).MetaData.map((entry, index) =>
    fc.record({
      Id: fc.constant(entry.Id),
      TypeId: fc.constant(entry.TypeId),
      TypeName: fc.constant(entry.TypeName),
      SubType: fc.oneof(fc.constant(entry.SubType), label(entry.TypeId)),
      Value: fc.oneof(fc.constant(entry.Value), fc.constant(fresh(entry.TypeId, 10 + index))),
    }),
  );
  const added = ([1, 2, 1, 2] as const).map((type, index) =>
    label(type).map(SubType => ({
      Id: null,
      TypeId: type,
      TypeName: TYPE_NAMES[type],
      // The vendor labels by itself what came without a label, so a new entry shows one.
      SubType,
      Value: fresh(type, index),
    })),
  );
  return fc.tuple(...changed, ...added);
}

/** An entry as a default says it: a new one has no Id, and the label of a new one counts as part of it. */
const objectOf = ({ Id, TypeId, SubType, Value }: Meta): fc.Arbitrary<Loose> =>
  Id === null
    ? fc.constant({ TypeId, SubType, Value })
    : fc
        .record(
          { TypeId: fc.constant(TypeId), SubType: fc.constant(SubType), Value: fc.constant(Value) },
          {
            requiredKeys: [],
          },
        )
        .map(rest => ({ Id, ...rest }));

/** Defaults that point at entries of the pool, with the flat fields beside them or not. */
function defaults(pool: readonly Meta[]): fc.Arbitrary<Loose> {
  const choices = SLOTS.map(slot => {
    const type = slot.kind === 'email' ? 1 : 2;
    const entries = pool.filter(entry => entry.TypeId === type);
    const chosen = fc.constantFrom(...entries).chain(entry =>
      fc.tuple(objectOf(entry), fc.boolean()).map(([object, both]) => ({
        [slot.name]: object,
        ...(both && slot.flat && { [slot.flat]: entry.Value }),
      })),
    );
    const cleared = slot.flat ? nothing.map(word => ({ [slot.flat!]: word })) : fc.constant({});
    return fc.oneof(fc.constant({}), chosen, cleared) as fc.Arbitrary<Loose>;
  });
  return fc.tuple(...choices).map(parts => Object.assign({}, ...parts) as Loose);
}

/** Defaults without the list. A clearing removes an entry, so no other view may ask for that one. */
export const pointing = (customer: Customer): fc.Arbitrary<ContactsInput> =>
  pools(customer).chain(pool => defaults(pool)) as fc.Arbitrary<ContactsInput>;

/** The list of all entries, with everything in it that a default points at, and defaults and flat fields to match. */
export function listing(customer: Customer): fc.Arbitrary<ContactsInput> {
  const before = readContacts(customer);
  return pools(customer)
    .chain(pool => fc.tuple(fc.constant(pool), defaults(pool), fc.shuffledSubarray([...pool])))
    .map(([pool, said, some]) => {
      const pointed = SLOTS.flatMap(slot => {
        const object = said[slot.name] as Partial<Meta> | undefined;
        if (object)
          return pool.filter(entry => (object.Id ? entry.Id === object.Id : entry.Value === object.Value));
        if (slot.flat && said[slot.flat] !== undefined) return [];
        return pool.filter(entry => entry.Id !== null && entry.Id === before[slot.name]?.Id);
      });
      return { ...said, MetaData: [...new Set([...some, ...pointed])] };
    }) as fc.Arbitrary<ContactsInput>;
}

/** Anything that validation lets pass, whether or not its views agree. */
export function disagreeing(customer: Customer): fc.Arbitrary<ContactsInput> {
  return fc.tuple(pools(customer), pools(customer)).chain(([one, other]) =>
    fc
      .tuple(defaults(one), flats(customer), fc.option(fc.shuffledSubarray([...other])), fc.boolean())
      .map(([said, flat, list, both]) => ({
        ...(both && readContacts(customer)),
        ...said,
        ...flat,
        ...(list && { MetaData: list }),
      })),
  ) as fc.Arbitrary<ContactsInput>;
}
