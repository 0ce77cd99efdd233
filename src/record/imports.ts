/** The port through which many customers are taken in at once, and read out at once; the store implements it. */
import type { Customer, TenantId } from './customer.ts';
import type { Claim, Origin } from './customers.ts';
import type { Fault } from './errors.ts';

/** Why a line is not taken in. Codes are stable: they stand in files that programs read. */
export const REFUSALS = {
  'line-too-long': 'The line is longer than a customer can be.',
  'line-unreadable': 'The line is no JSON object in UTF-8, or it is nested too deeply.',
  'value-invalid': 'A value breaks a rule.',
  'too-large': 'The customer holds more than one customer may.',
  'already-there': 'A customer with this id, number or reference is there already.',
  'value-taken': 'A value is that of another customer, and may be used once only.',
  'address-differs': 'An address with this id or number is there already, and says something else.',
} as const;

export type RefusalCode = keyof typeof REFUSALS;

export interface Refusal {
  /** Counts from 1. */
  readonly line: number;
  readonly code: RefusalCode;
  readonly message: string;
  /** Places and rules, never values. */
  readonly faults?: readonly Fault[];
}

export const refusal = (line: number, code: RefusalCode, faults: readonly Fault[] = []): Refusal => ({
  line,
  code,
  message: REFUSALS[code],
  ...(faults.length > 0 && { faults }),
});

/** A customer as a line tells it. Number 0, and null of addresses and contact points, are given by the store. */
export interface ImportEntry {
  readonly line: number;
  readonly customer: Customer;
  readonly claims: readonly Claim[];
}

/** Lines `from` to `to`, both included, in one transaction: all that can be taken in of them, or nothing. */
export interface ImportBatch {
  readonly from: number;
  readonly to: number;
  readonly entries: readonly ImportEntry[];
  /** Lines that could not be read. */
  readonly refused: number;
}

export interface ImportCounts {
  readonly imported: number;
  readonly skipped: number;
  readonly refused: number;
}

/** The last number of each kind that is in use. */
export interface LastNumbers {
  readonly customers: number;
  readonly addresses: number;
  readonly contactPoints: number;
}

/** What happens to a line whose customer is there already. */
export type Existing = 'refuse' | 'skip';

export interface ImportOptions {
  /** What an interrupted import is taken up by. */
  readonly name: string;
  /** Tells one file from another under the same name, such as its hash. */
  readonly source: string;
  readonly existing: Existing;
  /** Batches under way at once. */
  readonly jobs: number;
}

export interface ImportRun {
  /** What earlier attempts did. */
  readonly before: ImportCounts;
  /** Whether an earlier attempt did the line. */
  isDone(line: number): boolean;
  /** No number up to these is given to anybody else. */
  reserve(last: LastNumbers): Promise<void>;
  /**
   * Stores the batch, and that it is done, in one transaction. `tell` gets what the store refuses before that is
   * committed. Afterwards the lines are done for good.
   */
  write(batch: ImportBatch, tell: (refusals: readonly Refusal[]) => Promise<void>): Promise<ImportCounts>;
  finish(): Promise<void>;
  close(): Promise<void>;
}

export interface Imports {
  /**
   * Takes up the import of this name, or begins it.
   *
   * @throws ConcordError `state-conflict` while another process is at it, or when the name stands for another file.
   */
  begin(origin: Origin, options: ImportOptions): Promise<ImportRun>;
  /** What the store would refuse of these, and how many it would pass over; nothing is written. */
  check(
    tenant: TenantId,
    entries: readonly ImportEntry[],
    existing: Existing,
  ): Promise<{ readonly refusals: readonly Refusal[]; readonly counts: ImportCounts }>;
}

export interface ExportHead {
  readonly customers: number;
  readonly numbers: LastNumbers;
}

export interface Exports {
  /**
   * All customers of a tenant in ascending order of number, as they are at one moment. With an origin the numbers of
   * identity documents are in clear, and the look at each customer's is recorded before the page is given out.
   */
  read(
    tenant: TenantId,
    options: { readonly revealed?: Pick<Origin, 'actor' | 'requestId'> },
  ): Promise<{ readonly head: ExportHead; readonly pages: AsyncIterable<readonly Customer[]> }>;
}
