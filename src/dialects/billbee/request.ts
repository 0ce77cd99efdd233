/** Reading a request: media types, JSON, binding, then the values, in that order (billbee.md §1.4, §2.4). */
import { ConcordError, type Fault } from '../../record/errors.ts';
import type { Json } from '../../record/json.ts';
import { faultOf, TEXT_MAXIMUM } from '../../record/text.ts';
import { isObject, mediaType, readJson } from '../body.ts';
import type { WireRequest } from '../contract.ts';
import { expectJsonAccepted } from './answer.ts';
import { type Bound, bindObject } from './bind.ts';
import type { Model } from './model.ts';

/** XML and forms are documented too and not offered (billbee.md §1.4 [convention]). */
const MEDIA_TYPES = new Set(['application/json', 'text/json']);

/** Contact entries of one customer: many times what people have, and it bounds the work of matching them. */
export const ENTRIES_MAXIMUM = 200;

/** An address in a mail path has at most 254 characters (RFC 3696), and a contact point of the record no more. */
const CONTACT_MAXIMUM = 254;

const TEXT_FAULTS = {
  control: 'must not contain control characters or line breaks.',
  surrogate: 'must be well-formed Unicode text.',
} as const;

/** @throws ConcordError `unsupported-media-type`, `not-acceptable`, `body-unreadable`, `request-invalid`. */
export function readBody(request: WireRequest, model: Model): Bound {
  expectJsonAccepted(request);
  const media = mediaType(request);
  const empty = request.body.length === 0;
  if (!MEDIA_TYPES.has(media) && !(empty && media === '')) throw new ConcordError('unsupported-media-type');
  const value = empty ? null : readJson(request.body);
  if (value === null) throw new ConcordError('body-unreadable', { message: 'A request body is required.' });
  if (!isObject(value)) {
    throw new ConcordError('body-unreadable', { message: 'The body must be a JSON object.' });
  }
  const faults: Fault[] = [];
  const bound = bindObject(model, value, '', faults);
  if (faults.length > 0) throw new ConcordError('request-invalid', { faults });
  return bound;
}

/**
 * What no record can hold, and numbers that stand for nothing (billbee.md §2.4: a broken rule is InvalidData).
 * @throws ConcordError `value-invalid`.
 */
export function expectValues(body: Bound): void {
  const faults = [...faultsOf(body, '')];
  if (faults.length > 0) throw new ConcordError('value-invalid', { faults });
}

export const invalid = (field: string, message: string): ConcordError =>
  new ConcordError('value-invalid', { faults: [{ field, message }] });

/** Ids of new things: absent, null and 0 all mean none (billbee.md §5.2 (7) [convention]). */
export const hasId = (id: number | null | undefined): id is number =>
  id !== undefined && id !== null && id !== 0;

function* faultsOf(value: Json, path: string): Generator<Fault> {
  if (typeof value === 'string') yield* textFaults(value, path);
  else if (typeof value === 'number') yield* numberFaults(value, path);
  else if (Array.isArray(value)) {
    if (value.length > ENTRIES_MAXIMUM) yield { field: path, message: 'has too many entries.' };
    else for (const [index, item] of value.entries()) yield* faultsOf(item, `${path}[${index}]`);
  } else if (isObject(value)) {
    for (const [name, item] of Object.entries(value)) {
      yield* faultsOf(item, path === '' ? name : `${path}.${name}`);
    }
  }
}

function* textFaults(text: string, path: string): Generator<Fault> {
  const maximum = CONTACTS.test(path) ? CONTACT_MAXIMUM : TEXT_MAXIMUM;
  const fault = faultOf(text, maximum);
  if (fault === undefined) return;
  const message = fault === 'long' ? `must have at most ${maximum} characters.` : TEXT_FAULTS[fault];
  yield { field: path, message };
}

/** The values that become contact points; those of an address are texts of the address. */
const CONTACTS = /^(Email|Tel1|Tel2|(Default\w+|MetaData\[\d+\])\.Value)$/;

/** billbee.md §3.2 (6), §3.3, §4 [convention]. */
const CHOICES: ReadonlyArray<readonly [RegExp, readonly number[]]> = [
  [/^Type$/, [0, 1]],
  [/\.TypeId$/, [1, 2]],
  [/(^|\.)AddressType$/, [1, 2]],
];

function* numberFaults(number: number, path: string): Generator<Fault> {
  const choice = CHOICES.find(([pattern]) => pattern.test(path))?.[1];
  if (choice && !choice.includes(number)) yield { field: path, message: `must be ${choice.join(' or ')}.` };
  // A larger int64 loses digits as a JSON number; vendor ids have at most 15 (billbee.md §1.4).
  if (!Number.isSafeInteger(number)) yield { field: path, message: 'is out of range.' };
}
