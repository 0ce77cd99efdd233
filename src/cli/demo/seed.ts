/** Fills the demo's tenants once; a start that was interrupted is taken up where it stopped. */

import { documentCustomers } from '../../dialects/connectfi/fixtures/customers.ts';
import { addAddress, linkTo } from '../../record/address.ts';
import { claimsOf } from '../../record/claims.ts';
import type { Origin } from '../../record/customers.ts';
import type { Store } from '../../store/index.ts';
import type { DemoTenant } from './access.ts';
import { SHARED_PAIRS, sampleCustomers } from './customers.ts';

/** The demo's tenants, each with the seed of its sample customers. */
export const DEMO_TENANTS = [
  { name: 'harbor', seed: 1 },
  { name: 'meadow', seed: 2 },
] as const;

/**
 * The tenant with its sample customers. Its credentials are made last, so a tenant that has some is complete,
 * and what its users deleted since stays deleted.
 */
export async function seedTenant(
  store: Store,
  { name, seed }: (typeof DEMO_TENANTS)[number],
): Promise<DemoTenant> {
  const tenant = (await store.tenants.find(name)) ?? (await store.tenants.create(name));
  if ((await store.credentials.list(tenant.id)).length > 0) return tenant;
  const origin: Origin = { tenant: tenant.id, dialect: 'concord', actor: 'demo', requestId: 'demo' };
  for (const customer of [...documentCustomers(), ...sampleCustomers(seed)]) {
    const present = await store.customers.find(tenant.id, { id: customer.id });
    if (!present) await store.customers.create(origin, customer, claimsOf(customer));
  }
  for (const numbers of SHARED_PAIRS) await share(store, origin, numbers);
  await seedFreight(store, tenant);
  return tenant;
}

const BRANCHES = ['New York', 'Cape Town', 'Lisbon'];

/** What Lightening keeps beside its customers: branches, and a cost centre for each of the first three customers. */
async function seedFreight(store: Store, { id }: DemoTenant): Promise<void> {
  await store.objects.changeAll(id, { dialect: 'lightening', kind: 'branch' }, () =>
    BRANCHES.map(name => ({ body: { name, is_active: true } })),
  );
  await store.objects.changeAll(id, { dialect: 'lightening', kind: 'cost_center' }, () =>
    [1, 2, 3].map(customer => ({
      body: {
        name: `Freight ${customer}`,
        is_active: true,
        customer,
        code1: `F${customer}`,
        code2: '',
        pp_id: '',
      },
    })),
  );
}

/** The second of the pair takes the first one's main address, too. */
async function share(store: Store, origin: Origin, numbers: readonly [number, number]): Promise<void> {
  await store.customers.swapAll(origin, { numbers }, ([owner, guest]) => {
    const shared = owner!.addresses[0]!.address;
    const isShared = guest!.addresses.some(link => link.address.id === shared.id);
    return isShared ? [owner!, guest!] : [owner!, addAddress(guest!, linkTo(shared, { rank: 1 }))];
  });
}
