/** `concord tenant`: makes and lists tenants. */
import { Command } from 'commander';
import { readConfiguration } from './configuration.ts';
import { type StoreOptions, withStoreOptions } from './options.ts';
import { withStore } from './store-command.ts';

interface TenantOptions extends StoreOptions {
  readonly json?: boolean;
}

const configurationOf = (options: StoreOptions) =>
  readConfiguration(process.env, options, { logLevel: 'warn' });

export function tenantCommand(): Command {
  const tenant = new Command('tenant').description('make and list tenants');

  withStoreOptions(
    tenant.command('create <name>').description('make a tenant; its name is what FlexPortal calls Tenant-ID'),
  )
    .option('--json', 'answer with one line of JSON')
    .action(async (name: string, options: TenantOptions) => {
      const created = await withStore(configurationOf(options), store => store.tenants.create(name));
      console.log(options.json ? JSON.stringify(created) : `Tenant ${created.name} is made.`);
    });

  withStoreOptions(tenant.command('list').description('list the tenants'))
    .option('--json', 'answer with one line of JSON')
    .action(async (options: TenantOptions) => {
      const tenants = await withStore(configurationOf(options), store => store.tenants.list());
      console.log(options.json ? JSON.stringify(tenants) : tenants.map(each => each.name).join('\n'));
    });

  return tenant;
}
