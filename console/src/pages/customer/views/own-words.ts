/**
 * Which values a system tells in words of its own: those that read like no value of the record. It is a comparison of
 * texts alone, so that anyone can check it by eye: `Portugal` is marked where the record holds `PT`.
 */
import type { Leaf } from './json-lines.ts';

/** `null`, no, zero and nothing say nothing that could be said otherwise. */
const EMPTY = new Set(['', '0', 'false', 'true', 'null']);

export type RecordTexts = ReadonlySet<string>;

/** Made of other values of the record for people to read: `United States of America` is not how the record holds `US`. */
const DERIVED = 'formatted';

/** Every value anywhere in the record, as text. */
export function textsOfRecord(record: unknown): RecordTexts {
  const texts = new Set<string>();
  gather(record, texts);
  return texts;
}

function gather(value: unknown, texts: Set<string>): void {
  if (typeof value === 'object' && value !== null) {
    for (const [name, item] of Object.entries(value)) if (name !== DERIVED) gather(item, texts);
  } else if (value !== null && value !== undefined) texts.add(textOf(value as Leaf));
}

export const textOf = (value: Leaf): string => (typeof value === 'string' ? value : String(value)).trim();

export function isInOwnWords(value: Leaf, record: RecordTexts): boolean {
  const text = textOf(value);
  return !EMPTY.has(text) && !record.has(text);
}
