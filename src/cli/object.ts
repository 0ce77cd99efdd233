/** `concord object`: what a vendor keeps beside its customers and lets nobody make through its API, such as branches. */
import { Command, Option } from 'commander';
import type { DialectName } from '../dialects/contract.ts';
import { DIALECTS } from '../dialects/index.ts';
import { compile, type TSchema } from '../dialects/schema.ts';
import type { ObjectBody } from '../record/objects.ts';
import { ConfigurationError, readConfiguration } from './configuration.ts';
import { type StoreOptions, withStoreOptions } from './options.ts';
import { tenantId, withStore } from './store-command.ts';

interface ObjectOptions extends StoreOptions {
  readonly tenant: string;
  readonly dialect: DialectName;
  readonly kind: string;
  readonly json?: boolean;
}

/** Of one kind in one tenant: what Lightening's lists tell whole (src/dialects/lightening/README.md). */
const OBJECTS_MAXIMUM = 5_000;

/** What one command lists. */
const LIST_MAXIMUM = 1_000;

const configurationOf = (options: StoreOptions) =>
  readConfiguration(process.env, options, { logLevel: 'warn' });

const KINDS = DIALECTS.flatMap(({ name, objects = {} }) =>
  Object.keys(objects).map(kind => `${name} ${kind}`),
);

const withPlace = (command: Command): Command =>
  withStoreOptions(command)
    .addOption(new Option('--tenant <name>', 'the tenant it belongs to').makeOptionMandatory())
    .addOption(
      new Option('--dialect <name>', 'the API that shows it')
        .choices(DIALECTS.filter(({ objects }) => objects).map(({ name }) => name))
        .makeOptionMandatory(),
    )
    .requiredOption('--kind <kind>', `what it is; there are: ${KINDS.join(', ')}`)
    .option('--json', 'answer with one line of JSON');

export function objectCommand(): Command {
  const object = new Command('object').description(
    'make, list and remove branches, cost centres and the like',
  );

  withPlace(object.command('create <body>').description('make one from its fields, a JSON object')).action(
    async (text: string, options: ObjectOptions) => {
      const body = readBody(text, options);
      const made = await withStore(configurationOf(options), async store => {
        const tenant = await tenantId(store, options.tenant);
        if ((await store.objects.count(tenant, options)) >= OBJECTS_MAXIMUM) {
          throw new ConfigurationError(`There are ${OBJECTS_MAXIMUM} already; remove one first.`);
        }
        return store.objects.create(tenant, options, body);
      });
      console.log(options.json ? JSON.stringify(made) : `${options.kind} ${made.number} is made.`);
    },
  );

  withPlace(object.command('list').description('list them')).action(async (options: ObjectOptions) => {
    schemaOf(options);
    const list = await withStore(configurationOf(options), async store =>
      store.objects.list(await tenantId(store, options.tenant), options, { limit: LIST_MAXIMUM }),
    );
    if (options.json) console.log(JSON.stringify(list));
    else for (const { number, body } of list) console.log(`${number}\t${JSON.stringify(body)}`);
  });

  withPlace(object.command('remove <number>').description('remove one')).action(
    async (text: string, options: ObjectOptions) => {
      const removed = await withStore(configurationOf(options), async store =>
        store.objects.remove(await tenantId(store, options.tenant), options, Number(text)),
      );
      if (!removed) throw new ConfigurationError(`There is no ${options.kind} ${text}.`);
      console.log('Removed.');
    },
  );

  return object;
}

/** @throws ConfigurationError when the dialect keeps no such thing. */
function schemaOf({ dialect, kind }: ObjectOptions): TSchema {
  const schema = DIALECTS.find(each => each.name === dialect)?.objects?.[kind];
  if (!schema)
    throw new ConfigurationError(`There is no kind "${kind}" in ${dialect}; there are: ${KINDS.join(', ')}.`);
  return schema;
}

/** The body, when it is one that the dialect can show. */
function readBody(text: string, options: ObjectOptions): ObjectBody {
  const schema = schemaOf(options);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new ConfigurationError(
      'The fields must be a JSON object, such as \'{"name":"Cape","is_active":true}\'.',
    );
  }
  const [fault] = compile(schema)(body);
  if (fault)
    throw new ConfigurationError(
      `The fields do not fit: ${fault.instancePath || 'the object'} ${fault.message}.`,
    );
  return body as ObjectBody;
}
