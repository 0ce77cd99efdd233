/** The file that an export writes and an import reads: JSON Lines, a first line that says what it is, then customers. */

import { RECORD_MAXIMUM } from '../record/bounds.ts';
import type { LastNumbers } from '../record/imports.ts';

export const FORMAT = 'concord-customers';
export const VERSION = 1;

/** A record at its bound, of which each UTF-16 unit takes three bytes in UTF-8, with as much again for escapes. */
export const LINE_MAXIMUM_BYTES = 6 * RECORD_MAXIMUM;

/** The first line of an export. By hand it may be left out. */
export interface Head {
  readonly format: typeof FORMAT;
  readonly version: number;
  readonly exportedAt: string;
  readonly tenant: string;
  /** How many lines follow: a file that has fewer was cut off. */
  readonly customers: number;
  /** The last numbers in use, so that lines without numbers get none that a later line has. */
  readonly numbers: LastNumbers;
  /** Whether the numbers of identity documents are in it. */
  readonly documentNumbers: boolean;
}
