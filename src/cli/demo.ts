/** `concord demo`: a server with two tenants, sample customers and published credentials. */
import { Command } from 'commander';
import type { Store } from '../store/index.ts';
import { type Configuration, ConfigurationError, isLoopback, readConfiguration } from './configuration.ts';
import { demoAccess } from './demo/access.ts';
import { type AnnouncedTenant, announceAsJson, announceAsTable } from './demo/announcement.ts';
import { demoIssuer } from './demo/openid.ts';
import { DEMO_TENANTS, seedTenant } from './demo/seed.ts';
import { type ServerOptions, withServerOptions } from './options.ts';
import { run, runUntilSignal } from './run.ts';

/** More customers than this are not announced one by one; the demo's own are about a hundred a tenant. */
const ANNOUNCED_MAXIMUM = 1_000;

export const demoCommand = (): Command =>
  withServerOptions(
    new Command('demo').description('run a server with sample customers and known credentials'),
  )
    .option('--rate-limits', 'refuse clients that send faster than their vendors allow')
    .option('--json', 'print one line of JSON when ready, and nothing else')
    .action(async (options: ServerOptions & { json?: boolean }) => {
      const configuration = readConfiguration(process.env, options, { logLevel: 'warn', rateLimits: false });
      if (!isLoopback(configuration.host)) {
        throw new ConfigurationError(
          'The demo has published credentials and listens on loopback addresses only.',
        );
      }
      let tenants: AnnouncedTenant[] = [];
      const { origin } = await runUntilSignal(() =>
        run(configuration, async store => {
          // Two first demos at once on one database would make the same tenants.
          tenants = await store.exclusively('demo', () => prepare(store, configuration));
        }),
      );
      console.log(options.json ? announceAsJson(origin, tenants) : announceAsTable(origin, tenants));
    });

async function prepare(store: Store, configuration: Configuration): Promise<AnnouncedTenant[]> {
  const issuer = await demoIssuer(configuration.dataDirectory);
  const tenants: AnnouncedTenant[] = [];
  for (const wanted of DEMO_TENANTS) {
    const tenant = await seedTenant(store, wanted);
    const access = await demoAccess(store, tenant, issuer);
    const customers = await store.customers.list(tenant.id, { limit: ANNOUNCED_MAXIMUM });
    tenants.push({ name: tenant.name, customers, access });
  }
  return tenants;
}
