/** What a request says, checked: its body against a schema, its query against names and schemas. */
import type { ErrorObject } from 'ajv';
import { mediaType, readJson } from '../dialects/body.ts';
import type { WireRequest } from '../dialects/contract.ts';
import { compile, placeOf, type Static, type TSchema, Type, validatorOf } from '../dialects/schema.ts';
import { ConcordError, type Fault } from '../record/errors.ts';
import { memo } from '../record/memo.ts';

/**
 * The body as the schema has it.
 *
 * @throws ConcordError `unsupported-media-type`, `body-unreadable`, `request-invalid` with a fault for each value.
 */
export function readBody<Schema extends TSchema>(
  request: WireRequest,
  schema: Schema,
  types: readonly string[] = ['application/json'],
): Static<Schema> {
  if (!types.includes(mediaType(request))) {
    throw new ConcordError('unsupported-media-type', {
      message: `Content-Type must be ${types.join(' or ')}.`,
    });
  }
  const value = readJson(request.body);
  const errors = validatorOf(schema)(value);
  if (errors.length > 0) throw invalid(errors);
  return value as Static<Schema>;
}

/** An optional body: an empty object when there is none. */
export function readOptionalBody<Schema extends TSchema>(
  request: WireRequest,
  schema: Schema,
): Static<Schema> {
  return request.body.length === 0 ? ({} as Static<Schema>) : readBody(request, schema);
}

/**
 * The query parameters. A name that is unknown or given twice is refused, because it would be passed over silently.
 *
 * @throws ConcordError `request-invalid`.
 */
export function readQuery<Names extends string>(
  request: WireRequest,
  schemas: Readonly<Record<Names, TSchema>>,
): { readonly [Name in Names]?: string } {
  // Without a prototype: `toString` and `__proto__` are names like any other.
  const given: Record<string, string> = Object.create(null);
  for (const [name, value] of new URLSearchParams(request.query)) {
    if (name in given) throw invalidQuery(name, 'is given twice');
    given[name] = value;
  }
  const errors = queryValidatorOf(schemas)(given);
  if (errors.length > 0) throw invalid(errors);
  return given as { readonly [Name in Names]?: string };
}

const queryValidatorOf = memo((schemas: Readonly<Record<string, TSchema>>) => {
  const optional = Object.entries(schemas).map(([name, schema]) => [name, Type.Optional(schema)]);
  return compile(Type.Object(Object.fromEntries(optional), { additionalProperties: false }));
});

const invalidQuery = (name: string, message: string): ConcordError =>
  new ConcordError('request-invalid', {
    message: `The query parameter ${JSON.stringify(name.slice(0, 100))} ${message}.`,
    faults: [{ field: name.slice(0, 100), message }],
  });

function invalid(errors: readonly ErrorObject[]): ConcordError {
  const faults = errors.map(faultOf);
  return new ConcordError('request-invalid', {
    message: `The request does not have the shape that the operation takes: ${faults.length} value(s) to mend.`,
    faults,
  });
}

/** The values themselves are never repeated: they may be personal. */
function faultOf(error: ErrorObject): Fault {
  const place = placeOf(error).join('/');
  if (error.keyword === 'additionalProperties') {
    const name = String(error.params.additionalProperty).slice(0, 100);
    return { field: [place, name].filter(part => part !== '').join('/'), message: 'is not known here' };
  }
  return {
    field: place,
    message: error.keyword === 'required' ? 'is missing' : (error.message ?? 'is not valid'),
  };
}
