/** Entity tags: which state of a customer an answer shows, and which one a change is about (RFC 9110 §8.8.3, §13.1). */
import { hash } from 'node:crypto';
import type { WireRequest } from '../dialects/contract.ts';
import type { Customer } from '../record/customer.ts';
import { ConcordError } from '../record/errors.ts';

/** Counts the forms in which customers were shown: a tag stands for the answer, byte by byte. */
const FORM = 1;
/** 128 bits are beyond chance, and short enough to be typed in. */
const DIGEST_BYTES = 16;

/**
 * The strong tag of the customer as it stands. A shared address changes without the customer's version, so every address
 * counts by its own. Versions and not contents: a digest of contents would let anybody who sees it try out the number of
 * an identity document, of which all but a few digits are told.
 */
export function etagOf({ id, version, updatedAt, addresses }: Customer): string {
  const places = addresses.map(({ address }) => [address.id, address.version, address.updatedAt]);
  const state = JSON.stringify([FORM, id, version, updatedAt, places]);
  return `"${hash('sha256', state, 'buffer').subarray(0, DIGEST_BYTES).toString('base64url')}"`;
}

/** A condition that a request makes on the state of the customer that it changes. */
export type Precondition = (customer: Customer) => void;

const TAG = /^(W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/;
/** A client holds one state, or a few; the header itself is bounded as all headers are. */
const TAGS_MAXIMUM = 100;

/**
 * What `If-Match` demands, to be asked of the customer at the moment of the change.
 *
 * @throws ConcordError `precondition-required` without the header, `request-invalid` when it is none; the condition
 * throws `precondition-failed` with the present tag in its context.
 */
export function preconditionOf(request: WireRequest): Precondition {
  const header = request.headers['if-match'];
  if (header === undefined) throw new ConcordError('precondition-required');
  const tags = tagsOf('If-Match', header);
  return customer => {
    const etag = etagOf(customer);
    // The comparison is strong: a weak tag matches nothing (RFC 9110 §13.1.1).
    if (tags !== '*' && !tags.includes(etag)) {
      throw new ConcordError('precondition-failed', { context: { etag } });
    }
  };
}

/** Whether the client has this state already (`If-None-Match`, a weak comparison). */
export function isKnown(request: WireRequest, etag: string): boolean {
  const header = request.headers['if-none-match'];
  if (header === undefined) return false;
  const tags = tagsOf('If-None-Match', header);
  return tags === '*' || tags.some(tag => tag.replace(/^W\//, '') === etag);
}

function tagsOf(name: string, header: string): readonly string[] | '*' {
  if (header.trim() === '*') return '*';
  const parts = header.split(',', TAGS_MAXIMUM + 1);
  if (parts.length > TAGS_MAXIMUM) {
    throw new ConcordError('request-invalid', {
      message: `${name} may have ${TAGS_MAXIMUM} entity tags at most.`,
    });
  }
  const tags = parts.map(tag => tag.trim()).filter(tag => tag !== '');
  if (tags.length === 0 || !tags.every(tag => TAG.test(tag))) {
    throw new ConcordError('request-invalid', {
      message: `${name} must be * or entity tags in quotation marks, as ETag gives them.`,
    });
  }
  return tags;
}
