/** Schemas of the wire: one definition gives the type, the validation and, later, the OpenAPI document. */
import { Ajv, type ErrorObject, type Options } from 'ajv';
import formats from 'ajv-formats';
import Type, { type TSchema } from 'typebox';
import { isEmail } from '../record/email.ts';
import { memo } from '../record/memo.ts';
import { faultOf } from '../record/text.ts';

export type { Static, TSchema } from 'typebox';
export { Type };

/** Formats that the record brings: what no dialect may store, whatever its vendor says. */
const RECORD_FORMATS = {
  /** A single line: no control characters, no lone surrogates. */
  line: (text: string) => faultOf(text, Number.POSITIVE_INFINITY) === undefined,
  mailbox: isEmail,
};

/** An Ajv with the record's formats. Lengths count code points, as the vendors' documents do. */
export function ajv(options: Options = {}): Ajv {
  const instance = new Ajv({ allowUnionTypes: true, ...options });
  formats.default(instance, ['date', 'date-time', 'email', 'uri']);
  for (const [name, validate] of Object.entries(RECORD_FORMATS)) instance.addFormat(name, validate);
  return instance;
}

const everyFault = ajv({ allErrors: true });

/** Compiles a schema to a function that gives all faults, each once a place; an empty list means valid. */
export function compile(schema: TSchema): (value: unknown) => readonly ErrorObject[] {
  const validate = everyFault.compile(schema);
  return value => (validate(value) ? [] : firstFaultOfEachPlace(validate.errors ?? []));
}

/** The same for a schema that lives as long as the program: compiled when it is first asked for. */
export const validatorOf = memo(compile);

function firstFaultOfEachPlace(errors: readonly ErrorObject[]): ErrorObject[] {
  const seen = new Set<string>();
  return errors.filter(error => {
    const place = placeOf(error).join('/');
    return seen.has(place) ? false : seen.add(place);
  });
}

/** Where the fault is, as keys from the root; a missing property counts as the place of the fault. */
export function placeOf(error: ErrorObject): string[] {
  const keys = error.instancePath.split('/').slice(1).map(decodePointer);
  const missing: unknown = error.params.missingProperty;
  return typeof missing === 'string' ? [...keys, missing] : keys;
}

const decodePointer = (key: string): string => key.replaceAll('~1', '/').replaceAll('~0', '~');

/** A text or null, on a single line. `maximum` is in code points. */
export const NullableLine = (maximum: number) =>
  Type.Unsafe<string | null>({ type: ['string', 'null'], maxLength: maximum, format: 'line' });

/** A text on a single line. `maximum` is in code points. */
export const Line = (maximum: number, options: { minLength?: number } = {}) =>
  Type.String({ maxLength: maximum, format: 'line', ...options });
