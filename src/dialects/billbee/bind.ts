/** Binding: a JSON value to a model, as lenient and as strict as the vendor's platform (billbee.md §1.4, §2.4). */
import type { Fault } from '../../record/errors.ts';
import type { Json } from '../../record/json.ts';
import { isObject } from '../body.ts';
import type { Model, Shape } from './model.ts';

export type Bound = { readonly [property: string]: Json };

export const INTEGER_TEXT = /^\s*[+-]?\d{1,19}\s*$/;
/** Values go from -bound to bound - 1. */
export const INTEGERS = {
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
    const shape = model[name];
    if (shape) bound[name] = bindValue(shape, item, path === '' ? name : `${path}.${name}`, faults);
  }
  return bound;
}

function bindValue(shape: Shape, value: Json, path: string, faults: Fault[]): Json {
  if (value === null) return null;
  switch (shape.kind) {
    case 'text':
      return typeof value === 'string' ? value : refuseValue(faults, path, shape);
    case 'int32':
    case 'int64':
      return readInteger(value, INTEGERS[shape.kind].bound) ?? orRefuse(value, faults, path, shape);
    case 'object':
      return isObject(value)
        ? bindObject(shape.model, value, path, faults)
        : refuseValue(faults, path, shape);
    case 'list':
      if (!Array.isArray(value)) return refuseValue(faults, path, shape);
      return (value as readonly Json[]).map((item, index) => {
        const place = `${path}[${index}]`;
        return item === null
          ? refuseValue(faults, place, shape.item)
          : bindValue(shape.item, item, place, faults);
      });
  }
}

/** A whole number in range, also as a text. `undefined` for anything else. */
function readInteger(value: Json, bound: number): number | undefined {
  const number =
    typeof value === 'string' && INTEGER_TEXT.test(value)
      ? Number(value)
      : typeof value === 'number'
        ? value
        : Number.NaN;
  // Adding 0 makes -0 the 0 that it is on the wire.
  return Number.isInteger(number) && number >= -bound && number < bound ? number + 0 : undefined;
}

/** An empty text is null where a number belongs. */
const orRefuse = (value: Json, faults: Fault[], path: string, shape: Shape): null =>
  value === '' ? null : refuseValue(faults, path, shape);

const TYPE_NAMES: Readonly<Record<Shape['kind'], string>> = {
  text: 'System.String',
  int32: INTEGERS.int32.name,
  int64: INTEGERS.int64.name,
  object: 'System.Object',
  list: 'System.Array',
};

/** The vendor's words, without the value that it repeats in them: values are personal data (billbee.md §2.4). */
function refuseValue(faults: Fault[], path: string, shape: Shape): null {
  faults.push({
    field: `model.${path}`,
    message: `Error converting value to type '${TYPE_NAMES[shape.kind]}'. Path '${path}'.`,
  });
  return null;
}
