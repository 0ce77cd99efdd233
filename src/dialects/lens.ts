/**
 * A lens as a table of fields, read in both directions.
 *
 * Each field says what the vendor shows and what a write of it does. Two rules, applied here for all
 * dialects, make the laws hold without special cases:
 *
 * - *Unchanged means untouched.* A field that is written with the value that the vendor sees now is left
 *   alone, so writing back what was read changes nothing, even where the vendor sees only a part.
 * - *Write until it stands.* A field may depend on another (a state on its country), so fields are written
 *   again until what the vendor reads is what it wrote.
 */
import type { Customer } from '../record/customer.ts';
import { type Json, sameJson } from '../record/json.ts';
import { memo } from '../record/memo.ts';
import { type Phrased, phrasingOf, remember, remembered, withPhrasing } from '../record/phrasing.ts';

/** Something that the record knows and a dialect cannot tell. */
export interface Omission {
  /** The place in the record, such as `addresses/<id>` or `addresses/<id>/country`. */
  readonly path: string;
  /** A sentence for people, without personal data: `PT has no US state`. */
  readonly reason: string;
}

export interface Reading<Wire = Json> {
  readonly wire: Wire;
  readonly omitted: readonly Omission[];
}

/** One resource of a dialect as a lens over a customer; `key` names the part, such as an address id. */
export interface Resource {
  /** The vendor's name for it, such as `customer_address`. */
  readonly name: string;
  /** The parts of this customer that the resource shows: address ids, or one empty key for the whole. */
  keys(customer: Customer): readonly string[];
  read(customer: Customer, key: string): Reading;
  write(customer: Customer, key: string, input: Json): Customer;
  /** The write that says exactly what was read. */
  echo(wire: Json): Json;
  /**
   * The paths of `difference()` that a write may change, with `*` for one segment and `**` for any tail; `{key}` is the
   * key that was written. The dialect's own phrasings need not be named.
   */
  readonly touches: readonly string[];
}

export interface Field<Source, Wire extends Json | undefined = Json> {
  read(source: Source): Wire;
  /** Absent for a field that the vendor does not let anyone write. */
  write?(source: Source, wire: Exclude<Wire, undefined>): Source;
}

/** The vendor's field names in the vendor's order. */
export type Fields<Source, Wire> = {
  readonly [Name in keyof Wire]-?: Field<Source, Extract<Wire[Name], Json | undefined>>;
};

/** Enough for a chain of dependent fields; two passes settle every dialect today, the third shows it. */
const PASSES_MAXIMUM = 3;

/** What the vendor shows, in its field order; a field that reads `undefined` is left out. */
export function readFields<Source, Wire>(fields: Fields<Source, Wire>, source: Source): Wire {
  const wire: Record<string, Json> = {};
  for (const [name, field] of entries(fields)) {
    const value = field.read(source);
    if (value !== undefined) wire[name] = value;
  }
  return wire as Wire;
}

/** The source after the vendor wrote the fields that `input` has; others, and unknown names, are left alone. */
export function writeFields<Source, Wire>(
  fields: Fields<Source, Wire>,
  source: Source,
  input: Partial<Wire>,
): Source {
  const given = input as Record<string, Json | undefined>;
  let current = source;
  for (let pass = 0; pass < PASSES_MAXIMUM; pass += 1) {
    const before = current;
    for (const [name, field] of entries(fields)) {
      const value = given[name];
      if (value === undefined || !field.write || sameJson(field.read(current), value)) continue;
      current = field.write(current, value);
    }
    if (current === before) break;
  }
  return current;
}

/** Tables are constants, and are asked for with every address of every answer. */
const listed = memo((fields: object): [string, unknown][] => Object.entries(fields));

const entries = <Source, Wire>(fields: Fields<Source, Wire>) =>
  listed(fields) as [string, Field<Source, Json | undefined>][];

/** The keys of `Source` that hold a text or nothing. */
type TextKey<Source> = {
  [Key in keyof Source]-?: Source[Key] extends string | null ? Key : never;
}[keyof Source] &
  string;

/**
 * A text that the record holds under `key`. Nothing is `null` on the wire, unless the vendor says `''` for
 * nothing; whichever of the two the vendor wrote, it reads back.
 */
export function text<Source extends Phrased>(
  dialect: string,
  name: string,
  key: TextKey<Source>,
  options: { readonly nothing: '' | null } = { nothing: null },
): Field<Source, string | null> {
  return phrased(dialect, name, {
    of: source => source[key] as string | null,
    derive: source => (source[key] as string | null) ?? options.nothing,
    store: (source, wire) => ({ ...source, [key]: wire === '' ? null : wire }),
  });
}

/** A field whose words are kept beside the canonical value while they still stand for it. */
export function phrased<Source extends Phrased, Wire extends Json | undefined>(
  dialect: string,
  name: string,
  field: {
    /** The canonical value that the words stand for. */
    of(source: Source): Json;
    /** The words for it when this dialect has none of its own. */
    derive(source: Source): Wire;
    /** The record after the words were said; the words themselves are kept by the caller. */
    store(source: Source, wire: Exclude<Wire, undefined>): Source;
  },
): Field<Source, Wire> {
  return {
    read: source => {
      const said = phrasingOf(source, dialect, name, field.of(source));
      return said === undefined ? field.derive(source) : (said as Wire);
    },
    write: (source, wire) => {
      const stored = field.store(source, wire);
      const derived = field.derive(stored);
      return withPhrasing(
        stored,
        dialect,
        name,
        field.of(stored),
        sameJson(derived, wire) ? undefined : (wire as Json),
      );
    },
  };
}

/** A value that only this vendor knows; `nothing` is what it shows when it was never set. */
export function vendorOnly<Source extends Phrased, Wire extends Json>(
  dialect: string,
  name: string,
  nothing: Wire,
): Field<Source, Wire> {
  return {
    read: source => (remembered(source, dialect, name) ?? nothing) as Wire,
    write: (source, wire) =>
      remember(source, dialect, name, sameJson(wire, nothing) ? undefined : (wire as Json)),
  };
}

/** A field that can only be read. */
export const readOnly = <Source, Wire extends Json | undefined>(
  read: (source: Source) => Wire,
): Field<Source, Wire> => ({ read });

/** The same field, looked at through a part of the source. */
export function within<Outer, Inner, Wire extends Json | undefined>(
  get: (outer: Outer) => Inner,
  set: (outer: Outer, inner: Inner) => Outer,
  field: Field<Inner, Wire>,
): Field<Outer, Wire> {
  const write = field.write;
  return {
    read: outer => field.read(get(outer)),
    ...(write && {
      write: (outer: Outer, wire: Exclude<Wire, undefined>) => set(outer, write(get(outer), wire)),
    }),
  };
}
