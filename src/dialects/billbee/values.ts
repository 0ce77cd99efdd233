/** The rules that a bound body may break: texts that no record holds, and numbers that stand for nothing (billbee.md §2.4). */
import { ConcordError, type Fault } from '../../record/errors.ts';
import type { Json } from '../../record/json.ts';
import { faultOf } from '../../record/text.ts';
import type { Bound } from './bind.ts';
import type { Model, Shape } from './model.ts';

/** Entries of one list: many times the contacts that people have, and it bounds the work of matching them. */
export const ENTRIES_MAXIMUM = 200;

const TEXT_FAULTS = {
  control: 'must not contain control characters or line breaks.',
  surrogate: 'must be well-formed Unicode text.',
} as const;

export const faultsOf = (model: Model, body: Bound): readonly Fault[] => [...faultsOfObject(model, body, '')];

/** @throws ConcordError `value-invalid`: a broken rule is InvalidData. */
export function expectNoFaults(faults: readonly Fault[]): void {
  if (faults.length > 0) throw new ConcordError('value-invalid', { faults });
}

export const invalid = (field: string, message: string): ConcordError =>
  new ConcordError('value-invalid', { faults: [{ field, message }] });

function* faultsOfObject(model: Model, body: Bound, path: string): Generator<Fault> {
  for (const [name, value] of Object.entries(body)) {
    yield* faultsOfValue(model[name], value, path === '' ? name : `${path}.${name}`);
  }
}

/** Binding has seen to it that the value is of the shape, or null. */
function* faultsOfValue(shape: Shape | null | undefined, value: Json, path: string): Generator<Fault> {
  if (!shape || value === null) return;
  if (shape.kind === 'text') yield* textFaults(shape, value as string, path);
  else if (shape.kind === 'object') yield* faultsOfObject(shape.model, value as Bound, path);
  else if (shape.kind === 'list') yield* faultsOfList(shape.item, value as readonly Json[], path);
  else yield* numberFaults(shape, value as number, path);
}

function* faultsOfList(shape: Shape, items: readonly Json[], path: string): Generator<Fault> {
  if (items.length > ENTRIES_MAXIMUM) yield { field: path, message: 'has too many entries.' };
  else for (const [index, item] of items.entries()) yield* faultsOfValue(shape, item, `${path}[${index}]`);
}

function* textFaults(
  { maximum, choices }: Extract<Shape, { kind: 'text' }>,
  text: string,
  path: string,
): Generator<Fault> {
  const fault = faultOf(text, maximum);
  if (fault !== undefined) {
    const message = fault === 'long' ? `must have at most ${maximum} characters.` : TEXT_FAULTS[fault];
    yield { field: path, message };
  } else if (choices && !choices.includes(text.toLowerCase())) {
    yield { field: path, message: `must be ${either(choices)}.` };
  }
}

function* numberFaults(
  { choices }: Extract<Shape, { kind: 'int32' | 'int64' }>,
  number: number,
  path: string,
): Generator<Fault> {
  if (choices && !choices.includes(number)) yield { field: path, message: `must be ${either(choices)}.` };
  // A larger int64 loses digits as a JSON number; vendor ids have at most 15 (billbee.md §1.4).
  if (!Number.isSafeInteger(number)) yield { field: path, message: 'is out of range.' };
}

const either = (choices: readonly (string | number)[]): string =>
  `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;
