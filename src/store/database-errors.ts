/** What the driver throws, in the words of the catalogue. No value of a row passes through here. */
import { ConcordError } from '../record/errors.ts';

/** SQLSTATEs that the functions of the schema raise. */
const LOST_RACE = 'CC001';
const CLAIM_HELD = 'CC002';
const ADDRESS_GONE = 'CC003';
const CUSTOMER_UNKNOWN = 'CC004';

const RETRY_AFTER_SECONDS = 1;

/** What is taken, where it is no value of a customer: by scope of the claim or by constraint. */
const TAKEN: Readonly<Record<string, string>> = {
  credential: 'This secret, login, issuer or store is in use already.',
  tenant_name: 'There is a tenant of this name already.',
};

interface DriverError {
  readonly code?: string;
  readonly table_name?: string;
  readonly constraint_name?: string;
  readonly detail?: string;
}

/** Names of the driver and of Node for a connection that is not there, or is not any more. */
const NO_CONNECTION =
  /^(CONNECTION_|CONNECT_|ECONN|EPIPE|ENOENT|ENOTFOUND|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN)/;

/** 08 connection, 53 resources, 57P admin shutdown and crash, 57014 statement timeout, 25006 read-only. */
const UNAVAILABLE = /^(08|53|57P|57014|25006)/;

/** Values that PostgreSQL cannot hold: a zero byte in a custom field, a year 20000. */
const UNSTORABLE = /^22/;

/** 23503: what a link leads to went away meanwhile; 40…: PostgreSQL asks for another attempt. */
const RACE = new RegExp(`^(${LOST_RACE}|23503|40001|40P01)$`);

export const isLostRace = (error: unknown): boolean => RACE.test((error as DriverError)?.code ?? '');

/** The database itself does not answer, as against one statement that took too long. */
export const isUnreachable = (error: unknown): boolean =>
  /^(08|57P0[123])/.test(codeOf(error)) || NO_CONNECTION.test(codeOf(error));

export const codeOf = (error: unknown): string => (error as DriverError)?.code ?? '';

export function toConcordError(error: unknown): ConcordError {
  if (error instanceof ConcordError) return error;
  const { code = '', table_name: table, constraint_name: constraint, detail } = (error ?? {}) as DriverError;
  const place = [code, table, constraint].filter(Boolean).join(' ');
  // The driver's error carries the statement with its values, so it does not become the cause.
  if (NO_CONNECTION.test(code) || UNAVAILABLE.test(code)) {
    return new ConcordError('unavailable', { detail: place, retryAfterSeconds: RETRY_AFTER_SECONDS });
  }
  if (code === CLAIM_HELD) {
    const context = claimOf(detail);
    const message = TAKEN[String(context.scope)];
    return new ConcordError('value-taken', { context, ...(message !== undefined && { message }) });
  }
  if (code === ADDRESS_GONE) return new ConcordError('address-not-found');
  if (code === CUSTOMER_UNKNOWN) return new ConcordError('customer-not-found');
  if (code === '55P03' || RACE.test(code)) {
    return new ConcordError('too-busy', { detail: place, retryAfterSeconds: RETRY_AFTER_SECONDS });
  }
  if (code === '23505') {
    const message = TAKEN[constraint ?? ''];
    const context = { scope: constraint };
    return new ConcordError('value-taken', {
      detail: place,
      context,
      ...(message !== undefined && { message }),
    });
  }
  if (code.startsWith('23')) return new ConcordError('state-conflict', { detail: place });
  if (UNSTORABLE.test(code)) return new ConcordError('value-invalid', { detail: place });
  if (/^[0-9A-Z]{5}$/.test(code)) return new ConcordError('internal', { detail: `database error ${place}` });
  return new ConcordError('internal', { detail: 'unexpected error in the store', cause: error });
}

/** Written by `concord.customer_write`: `{scope, customerId}`. */
function claimOf(detail: string | undefined): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(detail ?? '{}') as Record<string, unknown>;
  } catch {
    return {};
  }
}
