/** Erasure: a customer taken out of every table, and every value out of his or her history. */
import { ERASED_EVENT } from '../record/changes.ts';
import type { ErasureOptions, Origin } from '../record/customers.ts';
import { ConcordError } from '../record/errors.ts';
import { isUuid } from '../record/identifier.ts';
import type { Lanes } from './customers.ts';

/** Many times what one customer has; the rest of what a caller gives is a fault of the caller. */
const OBJECTS_MAXIMUM = 10_000;

/** One transaction: all of it, or nothing. @throws ConcordError `customer-not-found`. */
export async function eraseCustomer(
  { write: { sql, gate } }: Lanes,
  { tenant, dialect, actor, requestId, event = ERASED_EVENT }: Origin,
  id: string,
  { objects = [], objectsNaming = false }: ErasureOptions,
): Promise<void> {
  if (!isUuid(id)) throw new ConcordError('customer-not-found');
  if (objects.length > OBJECTS_MAXIMUM) throw new ConcordError('request-invalid');
  const at = new Date().toISOString();
  const payload = JSON.stringify({ id, dialect, actor, requestId, at, event, objects, objectsNaming });
  await gate(async () => await sql`select concord.customer_erase(${tenant}, ${payload})`);
}
