/** Concord as it is served, in a process of its own on the benchmark's data; tells the parent where it is. */

import { readConfiguration } from '../src/cli/configuration.ts';
import { demoAccess } from '../src/cli/demo/access.ts';
import { demoIssuer } from '../src/cli/demo/openid.ts';
import { run } from '../src/cli/run.ts';
import { load } from './load.ts';

const { data, customers } = JSON.parse(process.argv[2]!) as { data: string; customers: number };
const configuration = readConfiguration({}, { data, port: '0', logLevel: 'info' });
let prepared: unknown;
const running = await run(configuration, async store => {
  const { tenant, ids } = await load(store, customers);
  prepared = { ids, access: await demoAccess(store, { id: tenant, name: 'bench' }, await demoIssuer(data)) };
});
process.send!({ origin: running.origin, target: running.store.target, ...(prepared as object) });
process.on('message', message => {
  if (message === 'memory') process.send!({ resident: process.memoryUsage.rss() });
});
process.on('disconnect', () => running.stop().then(() => process.exit(0)));
