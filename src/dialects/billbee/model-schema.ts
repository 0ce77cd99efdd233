/** A model as JSON Schema: what binding and the rules of values let pass, said once more for the OpenAPI document. */
import { NullableLine, type TSchema, Type } from '../schema.ts';
import { INTEGER_TEXT, INTEGERS } from './bind.ts';
import type { Model, Shape } from './model.ts';
import { ENTRIES_MAXIMUM } from './values.ts';

/** Of a whole body, which is never null. */
export const schemaOf = (model: Model): TSchema =>
  Type.Object(propertiesOf(model), {
    description: 'Names are matched without regard to case, and unknown ones are ignored.',
  });

const propertiesOf = (model: Model): Record<string, TSchema> =>
  Object.fromEntries(Object.entries(model).map(([name, shape]) => [name, Type.Optional(orNull(shape))]));

function orNull(shape: Shape | null): TSchema {
  switch (shape?.kind) {
    case undefined:
      return Type.Unknown({ description: 'Read-only: ignored in requests.' });
    case 'text':
      return NullableLine(shape.maximum);
    case 'int32':
    case 'int64':
      return integer(shape);
    case 'object':
      return Type.Unsafe({ ...Type.Object(propertiesOf(shape.model)), type: ['object', 'null'] });
    case 'list':
      return Type.Unsafe({ type: ['array', 'null'], items: item(shape.item), maxItems: ENTRIES_MAXIMUM });
  }
}

/** The items of a list are never null. */
const item = (shape: Shape): TSchema =>
  shape.kind === 'object'
    ? Type.Object(propertiesOf(shape.model))
    : Type.Unsafe({
        type: 'string',
        ...(shape.kind === 'text' && { maxLength: shape.maximum, format: 'line' }),
        ...(shape.kind === 'text' && shape.choices && { pattern: anyCase(shape.choices) }),
      });

/** A number, or the same as a text; an empty text counts as null. */
function integer(shape: Extract<Shape, { kind: 'int32' | 'int64' }>): TSchema {
  const bound = Math.min(INTEGERS[shape.kind].bound, Number.MAX_SAFE_INTEGER + 1);
  const number = shape.choices
    ? { enum: [...shape.choices, null] }
    : { type: ['integer', 'null'], minimum: -bound, maximum: bound - 1 };
  return Type.Unsafe({
    anyOf: [number, { type: 'string', pattern: `^(${INTEGER_TEXT.source.replaceAll(/[$^]/g, '')})?$` }],
  });
}

const anyCase = (choices: readonly string[]): string =>
  `^(${choices.map(choice => choice.replaceAll(/[a-z]/g, letter => `[${letter}${letter.toUpperCase()}]`)).join('|')})$`;
