/** JSON Merge Patch (RFC 7396) of open values, such as custom fields. */
import { isObject } from '../dialects/body.ts';
import { type Json, sameJson } from '../record/json.ts';

type Fields = { readonly [name: string]: Json };

/**
 * `null` removes a key, except where the value is `null` already: what was read can be sent back. Keys are made as data, so
 * that one named `__proto__` is a key like any other.
 */
export function mergePatch(target: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const before: Fields = isObject(target) ? target : {};
  if (sameJson(target, patch)) return before;
  const after = new Map<string, Json>(Object.entries(before));
  for (const [name, value] of Object.entries(patch)) {
    const present = after.get(name);
    if (value !== null) after.set(name, mergePatch(present, value));
    else if (present !== null) after.delete(name);
  }
  const merged = Object.fromEntries(after);
  return isObject(target) && sameJson(target, merged) ? target : merged;
}
