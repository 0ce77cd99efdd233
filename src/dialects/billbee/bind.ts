/** Binding: a JSON value to a model, as lenient and as strict as the vendor's platform (billbee.md §1.4, §2.4). */
import type { Fault } from '../../record/errors.ts';
import type { Json } from '../../record/json.ts';
import { isObject } from '../body.ts';
import type { Model, Shape } from './model.ts';

export type Bound = { readonly [property: string]: Json };

const INTEGER_TEXT = /^\s*[+-]?\d{1,19}\s*$/;
const INTEGERS = {
  int32: { name: 'System.Int32', bound: 2 ** 31 },
  int64: { name: 'System.Int64', bound: 2 ** 63 },
} as const;

/**
 * The properties that the model knows, under the vendor's spelling. Names are matched without regard to case, and of
 * several spellings the last counts: an official client sends camel case (billbee.md §1.4 [inferred: php-sdk]).
 */
export function bindObject(
  model: Model,
  value: { readonly [key: string]: Json },
  path: string,
  faults: Fault[],
): Bound {
  const spelling = new Map(Object.keys(model).map(name => [name.toLowerCase(), name]));
  const given = new Map<string, Json>();
  for (const [key, item] of Object.entries(value)) {
    const name = spelling.get(key.toLowerCase());
    if (name !== undefined) given.set(name, item);
  }
  const bound: Record<string, Json> = {};
  for (const [name, item] of given) {
    bound[name] = bindValue(model[name]!, item, path === '' ? name : `${path}.${name}`, faults);
  }
  return bound;
}

function bindValue(shape: Shape, value: Json, path: string, faults: Fault[]): Json {
  if (value === null) return null;
  if (shape === 'text') {
    if (typeof value === 'string') return value;
    return refuseValue(faults, path, 'System.String');
  }
  if (shape === 'int32' || shape === 'int64') {
    const number = readInteger(value, INTEGERS[shape].bound);
    return number === undefined ? refuseValue(faults, path, INTEGERS[shape].name) : number;
  }
  if ('object' in shape) {
    return isObject(value)
      ? bindObject(shape.object, value, path, faults)
      : refuseValue(faults, path, 'System.Object');
  }
  if (!Array.isArray(value)) return refuseValue(faults, path, 'System.Array');
  return (value as readonly Json[]).map((item, index) => {
    const place = `${path}[${index}]`;
    return isObject(item)
      ? bindObject(shape.list, item, place, faults)
      : refuseValue(faults, place, 'System.Object');
  });
}

/** A whole number in range, also as a text; an empty text is null. `undefined` for anything else. */
function readInteger(value: Json, bound: number): number | null | undefined {
  if (value === '') return null;
  const number =
    typeof value === 'string' && INTEGER_TEXT.test(value)
      ? Number(value)
      : typeof value === 'number'
        ? value
        : Number.NaN;
  // Adding 0 makes -0 the 0 that it is on the wire.
  return Number.isInteger(number) && number >= -bound && number < bound ? number + 0 : undefined;
}

/** The vendor's words, without the value that it repeats in them: values are personal data (billbee.md §2.4). */
function refuseValue(faults: Fault[], path: string, type: string): null {
  faults.push({
    field: `model.${path}`,
    message: `Error converting value to type '${type}'. Path '${path}'.`,
  });
  return null;
}
