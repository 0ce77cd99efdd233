/**
 * Phrasing: how a dialect said a value, kept beside the canonical value.
 *
 * Two dialects say the same thing differently (`Portugal` and `PT`, `01` + `1234567890` and `+11234567890`).
 * While the meaning stands, a dialect gets its own words back; once another dialect changes the meaning, the
 * words are stale and the wire form is derived afresh. Values that only one vendor knows (`ksmsid`,
 * `LanguageId`) live here too: they stand for nothing canonical and never become stale.
 */
import { type Json, sameJson } from './json.ts';

export interface Phrasing {
  /** What the dialect wrote, word for word. */
  readonly said: Json;
  /** The canonical value that it stood for; absent for a value that only this vendor knows. */
  readonly of?: Json;
}

/** By dialect, then by the dialect's name for the field. */
export type Phrasings = { readonly [dialect: string]: { readonly [field: string]: Phrasing } };

/** Anything that carries phrasings: a customer, an address, a contact point, a representative. */
export interface Phrased {
  readonly phrasings: Phrasings;
}

/** The dialect's own words for `of`, while they still stand for it; otherwise `undefined`. */
export function phrasingOf(entity: Phrased, dialect: string, field: string, of: Json): Json | undefined {
  const phrasing = entity.phrasings[dialect]?.[field];
  return phrasing && phrasing.of !== undefined && sameJson(phrasing.of, of) ? phrasing.said : undefined;
}

/** Keeps the dialect's own words for `of`; `undefined` forgets them, because they can be derived. */
export function withPhrasing<T extends Phrased>(
  entity: T,
  dialect: string,
  field: string,
  of: Json,
  said: Json | undefined,
): T {
  return put(entity, dialect, field, said === undefined ? undefined : { said, of });
}

/** A value that only this dialect knows. */
export function remembered(entity: Phrased, dialect: string, field: string): Json | undefined {
  return entity.phrasings[dialect]?.[field]?.said;
}

/** Keeps a value that only this dialect knows; `undefined` forgets it. */
export function remember<T extends Phrased>(
  entity: T,
  dialect: string,
  field: string,
  said: Json | undefined,
): T {
  return put(entity, dialect, field, said === undefined ? undefined : { said });
}

function put<T extends Phrased>(
  entity: T,
  dialect: string,
  field: string,
  phrasing: Phrasing | undefined,
): T {
  const before = entity.phrasings[dialect] ?? {};
  if (phrasing === undefined ? !(field in before) : sameJson(before[field], phrasing)) return entity;
  const { [field]: _replaced, ...others } = before;
  const after = phrasing === undefined ? others : { ...others, [field]: phrasing };
  const { [dialect]: _before, ...dialects } = entity.phrasings;
  return {
    ...entity,
    phrasings: Object.keys(after).length === 0 ? dialects : { ...dialects, [dialect]: after },
  };
}
