/** Identifiers: UUIDs inside, base 62 outside. */
import { randomUUIDv7 } from 'node:crypto';

/** Digit order of connectFi's ids (connectfi.md §3.1 [derived]); FlexPortal's use the same. */
const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const BASE = BigInt(DIGITS.length);
const LARGEST_UUID = (1n << 128n) - 1n;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A new time-ordered identifier (UUID version 7), so that new rows land together in an index. */
export const newId = (): string => randomUUIDv7();

export const isUuid = (text: string): boolean => UUID.test(text);

/** The UUID as a base 62 number without padding: 22 characters at most. */
export function toBase62(uuid: string): string {
  let rest = BigInt(`0x${uuid.replaceAll('-', '')}`);
  if (rest === 0n) return '0';
  let text = '';
  while (rest > 0n) {
    text = DIGITS[Number(rest % BASE)] + text;
    rest /= BASE;
  }
  return text;
}

/**
 * The UUID that `toBase62` wrote, or `undefined` for any other text. One UUID has one spelling: padded
 * forms are refused, so that an id cannot be written in two ways.
 */
export function fromBase62(text: string): string | undefined {
  if (text.length === 0 || text.length > 22 || (text.length > 1 && text[0] === '0')) return undefined;
  let value = 0n;
  for (const character of text) {
    const digit = DIGITS.indexOf(character);
    if (digit < 0) return undefined;
    value = value * BASE + BigInt(digit);
  }
  if (value > LARGEST_UUID) return undefined;
  const hex = value.toString(16).padStart(32, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
