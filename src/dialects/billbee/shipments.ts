/** The connection test of an official client; it is all that is here of the vendor's shipments (billbee.md §7). */
import type { Call, WireAnswer } from '../contract.ts';
import { bodiless, expectJsonAccepted } from './answer.ts';

/** A client that reads XML alone learns here already that there is none. */
export async function ping({ request }: Call): Promise<WireAnswer> {
  expectJsonAccepted(request);
  return bodiless();
}
