import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { type Cluster, startCluster } from '../../test/support/postgresql.ts';
import { emptyCustomer } from '../record/customer.ts';
import { openStore } from './index.ts';

const KEYS = [{ id: 'k', key: randomBytes(32) }];

let cluster: Cluster;
before(async () => {
  cluster = await startCluster();
});
after(() => cluster?.remove());

const open = () => openStore({ databaseUrl: cluster.url, keys: KEYS });

test('a database whose changes are ahead of its count, as after a restore, is not served until they are not', async () => {
  const store = await open();
  // The first tenant has no changes, and says nothing.
  await store.tenants.create('empty');
  const tenant = (await store.tenants.create('restored')).id;
  const origin = { tenant, dialect: 'test', actor: 'test', requestId: '1' };
  const customers = [];
  for (let at = 0; at < 3; at++)
    customers.push(await store.customers.create(origin, emptyCustomer('business')));
  await store.close();
  // What a dump holds of another cluster: ids of an epoch that this one has not come to.
  await cluster.sql`update concord.change set transaction = (4294967296 + sequence)::text::xid8`;
  await assert.rejects(open(), { code: 'feed-ahead' });
  // The remedy of docs/scaling.md for a server whose counter cannot be set.
  await cluster.sql`update concord.change set transaction = '3'`;
  const again = await open();
  const { changes, cursor } = await again.changes.read(tenant, { limit: 10 });
  assert.deepEqual(
    changes.map(change => change.customerId),
    customers.map(customer => customer.id),
  );
  const next = await again.customers.create(origin, emptyCustomer('business'));
  const more = await again.changes.read(tenant, { after: cursor, limit: 10 });
  assert.deepEqual(
    more.changes.map(change => change.customerId),
    [next.id],
  );
  await again.close();
});
