/** Addresses that a customer lost and somebody else still has, to be linked again as they are now. */
import type { Address } from '../record/address.ts';
import type { TenantId } from '../record/customer.ts';
import type { Customers } from '../record/customers.ts';
import type { LostAddress } from '../record/revert.ts';

/** Look-ups of one request at the same time: a change may have taken a thousand addresses, and others wait in line. */
export const LOOKUPS_MAXIMUM = 4;

export async function sharedAddresses(
  customers: Pick<Customers, 'find'>,
  tenant: TenantId,
  lost: readonly LostAddress[],
): Promise<Address[]> {
  const shared: Address[] = [];
  for (let at = 0; at < lost.length; at += LOOKUPS_MAXIMUM) {
    const found = await Promise.all(
      lost.slice(at, at + LOOKUPS_MAXIMUM).map(async ({ id, number }) => {
        const holder = await customers.find(tenant, { addressNumber: number });
        return holder?.addresses.find(({ address }) => address.id === id)?.address;
      }),
    );
    shared.push(...found.filter(address => address !== undefined));
  }
  return shared;
}
