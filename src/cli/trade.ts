/** `concord trade`: tells a customer's record of an order or a subscription that another system made. */
import { Command, Option } from 'commander';
import type { Customer } from '../record/customer.ts';
import {
  type OrderReference,
  REFERENCES_MAXIMUM,
  type Subscription,
  withReference,
} from '../record/trade.ts';
import { ConfigurationError, readConfiguration } from './configuration.ts';
import { type StoreOptions, withStoreOptions } from './options.ts';
import { tenantId, withStore } from './store-command.ts';

interface TradeOptions extends StoreOptions {
  readonly tenant: string;
  readonly customer: string;
  readonly id: string;
}

/** As FlexPortal's ids look; they stand in its answers. */
const REFERENCE = /^[A-Za-z0-9_-]{1,64}$/;
const AMOUNT = /^\d{1,9}(\.\d{1,2})?$/;

const withCustomer = (command: Command): Command =>
  withStoreOptions(command)
    .addOption(new Option('--tenant <name>', 'the tenant').makeOptionMandatory())
    .addOption(new Option('--customer <number>', "the customer's number").makeOptionMandatory())
    .addOption(new Option('--id <id>', 'the id in the system that made it').makeOptionMandatory());

export function tradeCommand(): Command {
  const trade = new Command('trade').description('tell of orders and subscriptions that another system made');

  withCustomer(trade.command('order').description('add an order, or give it another state'))
    .addOption(
      new Option('--status <status>')
        .choices(['pending', 'confirmed', 'partial', 'fulfilled', 'cancelled'])
        .makeOptionMandatory(),
    )
    .action((options: TradeOptions & Pick<OrderReference, 'status'>) =>
      change(options, customer => ({
        ...customer,
        orders: withReference(customer.orders, { id: options.id, status: options.status }),
      })),
    );

  withCustomer(trade.command('subscription').description('add a subscription, or give it another state'))
    .addOption(new Option('--status <status>').choices(['active', 'ended']).makeOptionMandatory())
    .requiredOption(
      '--monthly <amount>',
      "what it brings in each month, in the tenant's currency, such as 29.90",
    )
    .action((options: TradeOptions & Pick<Subscription, 'status'> & { monthly: string }) => {
      const { id, status, monthly: monthlyAmount } = options;
      if (!AMOUNT.test(monthlyAmount))
        throw new ConfigurationError('--monthly must be an amount such as 29.90.');
      return change(options, customer => ({
        ...customer,
        subscriptions: withReference(customer.subscriptions, { id, status, monthlyAmount }),
      }));
    });

  return trade;
}

async function change(options: TradeOptions, apply: (customer: Customer) => Customer): Promise<void> {
  if (!REFERENCE.test(options.id)) {
    throw new ConfigurationError('--id must be 1 to 64 letters, digits, hyphens and underscores.');
  }
  const configuration = readConfiguration(process.env, options, { logLevel: 'warn' });
  await withStore(configuration, async store => {
    const tenant = await tenantId(store, options.tenant);
    const origin = { tenant, dialect: 'concord', actor: 'command line', requestId: 'concord trade' };
    await store.customers.swap(origin, { number: Number(options.customer) }, customer => {
      const after = apply(customer);
      if (Math.max(after.orders.length, after.subscriptions.length) > REFERENCES_MAXIMUM) {
        throw new ConfigurationError(
          `A customer has at most ${REFERENCES_MAXIMUM} orders and subscriptions.`,
        );
      }
      return after;
    });
  });
  console.log('Done.');
}
