/** `concord customer`: shows a customer, as the record has it, as each dialect sees it, and as it came to be. */
import { Command } from 'commander';
import { isUuid } from '../record/identifier.ts';
import { type ApiClient, bodyOf, type ClientOptions, clientOf, withClientOptions } from './client.ts';
import { ConfigurationError } from './configuration.ts';
import { customerText, historyText, viewsText } from './customer-text.ts';

/** Changes that fit on some screens. */
const HISTORY_USUAL = '20';
/** Ids of several APIs may look alike; more than these are not told apart by looking at them. */
const CANDIDATES_MAXIMUM = 10;

const ID = 'any id of the customer: its UUID, its number, or that of any dialect';

export function customerCommand(): Command {
  const customer = new Command('customer').description('look at customers through a running Concord');

  withClientOptions(customer.command('show <id>').description('show the record'))
    .usage(`<id> [options]\n\n  <id>: ${ID}`)
    .action((id: string, options: ClientOptions) =>
      show(options, id, customerText, (client, path) =>
        bodyOf(client.GET('/concord/v1/customers/{id}', { params: { path } })),
      ),
    );

  withClientOptions(customer.command('views <id>').description('show what each dialect answers of it'))
    .usage(`<id> [options]\n\n  <id>: ${ID}`)
    .action((id: string, options: ClientOptions) =>
      show(options, id, viewsText, (client, path) =>
        bodyOf(client.GET('/concord/v1/customers/{id}/views', { params: { path } })),
      ),
    );

  withClientOptions(customer.command('history <id>').description('show who changed what, newest first'))
    .usage(`<id> [options]\n\n  <id>: ${ID}; of one who was removed, the UUID`)
    .option('--limit <number>', 'how many changes, 1 to 200', HISTORY_USUAL)
    .action((id: string, options: ClientOptions & { readonly limit: string }) =>
      show(options, id, historyText, (client, path) =>
        bodyOf(
          client.GET('/concord/v1/customers/{id}/history', {
            params: { path, query: { limit: options.limit } },
          }),
        ),
      ),
    );

  return customer;
}

async function show<Body>(
  options: ClientOptions,
  id: string,
  textOf: (body: Body) => string,
  read: (client: ApiClient, path: { id: string }) => Promise<Body>,
): Promise<void> {
  const client = clientOf(options);
  const body = await read(client, { id: await customerIdOf(client, id) });
  console.log(options.json ? JSON.stringify(body) : textOf(body));
}

/** The UUID behind an id of whichever dialect. @throws ConfigurationError when it names nobody, or several. */
async function customerIdOf(client: ApiClient, id: string): Promise<string> {
  // Of a removed customer the history is still there, and no search finds it.
  if (isUuid(id.toLowerCase())) return id.toLowerCase();
  const { items } = await bodyOf(
    client.GET('/concord/v1/customers/search', {
      params: { query: { q: id, limit: String(CANDIDATES_MAXIMUM) } },
    }),
  );
  const named = items.filter(({ match }) => match === 'id').map(({ customer }) => customer);
  if (named.length === 1) return named[0]!.id;
  throw new ConfigurationError(
    named.length === 0
      ? `There is no customer with the id ${JSON.stringify(id)}.`
      : `Several customers have this id in one dialect or another: ${named.map(each => each.id).join(', ')}.`,
  );
}
