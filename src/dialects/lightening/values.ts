/** The rule of each kind of value: its schema, its check, and what the vendor says when it is broken (lightening.md §3.2, §4.6). */
import { decimalText, parseDecimal } from '../../record/coordinates.ts';
import { isEmail } from '../../record/email.ts';
import type { Json } from '../../record/json.ts';
import { faultOf, TEXT_MAXIMUM } from '../../record/text.ts';
import { NUMBER_MAXIMUM, readNumber } from '../path.ts';
import { type TSchema, Type } from '../schema.ts';
import { IDS_MAXIMUM, MESSAGES } from './wire.ts';

/** A value as the lens takes it, or the sentence for the caller. */
export type Checked<T> = { readonly value: T } | { readonly fault: string };

export interface Rule<T> {
  /** What a request may say; the check knows more, such as blanks around a text. */
  readonly schema: TSchema;
  check(value: Json): Checked<T>;
}

/** Only `Field is required.` is published (§4.6 [seed]); the others are [convention]. */
const FAULTS = {
  notText: 'Must be a string.',
  notLine: 'Must be one line of text without control characters.',
  notBranch: `Must be an integer between 0 and ${NUMBER_MAXIMUM}.`,
  notEmail: 'Must be a valid email address.',
  notIds: 'Must be an array of integers.',
  tooManyIds: `Must have at most ${IDS_MAXIMUM} entries.`,
} as const;

const BRANCH = /^[0-9]{1,10}$/;

/** The text that a JSON value stands for, trimmed: numbers as decimals, null as nothing (§5.2 [convention]). */
export function textOf(value: Json): string | undefined {
  if (value === null) return '';
  if (typeof value === 'string') return value.trim();
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  if (Number.isInteger(value)) return Number.isSafeInteger(value) ? String(value) : undefined;
  const text = decimalText(value);
  // A number that would lose digits on its way to a text is refused, never shortened.
  return Number(text) === value ? text : undefined;
}

export const line = (maximum: number = TEXT_MAXIMUM): Rule<string> => ({
  schema: Type.Unsafe({ type: ['string', 'number', 'null'], maxLength: maximum, format: 'line' }),
  check: value => {
    const text = textOf(value);
    if (text === undefined) return { fault: FAULTS.notText };
    switch (faultOf(text, maximum)) {
      case undefined:
        return { value: text };
      case 'long':
        return { fault: `Must be at most ${maximum} characters.` };
      default:
        return { fault: FAULTS.notLine };
    }
  },
});

export const mailbox = (maximum: number): Rule<string> => ({
  schema: Type.Unsafe({
    anyOf: [{ type: 'string', maxLength: maximum, format: 'email' }, { const: '' }, { type: 'null' }],
  }),
  check: value => {
    const checked = line(maximum).check(value);
    if ('fault' in checked || checked.value === '' || isEmail(checked.value)) return checked;
    return { fault: FAULTS.notEmail };
  },
});

export const degrees = (name: 'latitude' | 'longitude', bound: 90 | 180): Rule<string | null> => ({
  schema: Type.Unsafe({
    anyOf: [
      { type: 'number', minimum: -bound, maximum: bound },
      { type: 'string', pattern: '^(-?[0-9]{1,3}(\\.[0-9]{1,20})?)?$' },
      { type: 'null' },
    ],
  }),
  check: value => {
    const text = textOf(value);
    if (text === '') return { value: null };
    return text === undefined || parseDecimal(text, bound) === undefined
      ? { fault: `Must be a valid ${name}.` }
      : { value: text };
  },
});

export const branch: Rule<string> = {
  schema: Type.Unsafe({
    anyOf: [
      { type: 'integer', minimum: 0, maximum: NUMBER_MAXIMUM },
      { type: 'string', pattern: '^[0-9]{0,10}$' },
      { type: 'null' },
    ],
  }),
  check: value => {
    const text = textOf(value);
    if (text === '') return { value: '0' };
    return text === undefined || !BRANCH.test(text) || Number(text) > NUMBER_MAXIMUM
      ? { fault: FAULTS.notBranch }
      : { value: String(Number(text)) };
  },
};

const id = Type.Unsafe<number | string>({
  anyOf: [
    { type: 'integer', minimum: 1, maximum: NUMBER_MAXIMUM },
    { type: 'string', pattern: '^[0-9]{1,10}$' },
  ],
});

/** Ids as a list; in a query and in a form it has the forms of §5.1. */
export const idList = Type.Array(id, { minItems: 1, maxItems: IDS_MAXIMUM });

/** Ids of customers: duplicates dropped, the first place kept. A single value is a list of one (§5.2). */
export const ids: Rule<readonly number[]> = {
  schema: Type.Unsafe({ anyOf: [idList, id] }),
  check: value => {
    const entries = Array.isArray(value)
      ? (value as readonly Json[])
      : value === null || value === ''
        ? []
        : [value];
    if (entries.length === 0) return { fault: MESSAGES.required };
    const numbers = new Set<number>();
    for (const entry of entries) {
      const number = entry === null ? undefined : readNumber(textOf(entry));
      if (number === undefined) return { fault: FAULTS.notIds };
      numbers.add(number);
    }
    return numbers.size > IDS_MAXIMUM ? { fault: FAULTS.tooManyIds } : { value: [...numbers] };
  },
};
