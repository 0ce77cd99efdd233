/** For tests: a month that passes for the partitions of history. */
import { connect } from './connection.ts';
import type { Store } from './index.ts';
import { silent } from './log.ts';
import { openPartitionKeeper } from './partitions.ts';
import { openPools } from './pools.ts';

/** The open partition is made 40 days older, and then a server looks for what is due. */
export async function monthPasses({ target }: Pick<Store, 'target'>): Promise<void> {
  const owner = connect(target, { connections: 1, application: 'test' });
  const pools = openPools(target, { role: 'concord_app' }, { read: 1, write: 1, scan: 1 });
  try {
    await owner`
      update concord.change_partition set opened_at = opened_at - interval '40 days',
        closed_at = closed_at - interval '40 days'`;
    const keeper = openPartitionKeeper(pools, silent);
    await keeper.keep();
    keeper.stop();
  } finally {
    await Promise.all([owner.end(), pools.end()]);
  }
}
