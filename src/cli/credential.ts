/** `concord credential`: makes, lists, rotates and revokes what lets clients in. Secrets are shown once. */
import { Command, Option } from 'commander';
import { readyCredential, rotateCredential, storeCredential } from '../api/credential.ts';
import { DIALECTS } from '../dialects/index.ts';
import { type CredentialFacts, OVERLAP_MAXIMUM_SECONDS, OWN_DIALECT } from '../record/access.ts';
import { ConfigurationError, readConfiguration } from './configuration.ts';
import { type CredentialOptions, spelled, tell, valuesOf } from './credential-options.ts';
import { type StoreOptions, withStoreOptions } from './options.ts';
import { tenantId, withStore } from './store-command.ts';

const configurationOf = (options: StoreOptions) =>
  readConfiguration(process.env, options, { logLevel: 'warn' });
export const tenantOption = () =>
  new Option('--tenant <name>', 'the tenant it belongs to').makeOptionMandatory();

export function credentialCommand(): Command {
  const credential = new Command('credential').description('make, list, rotate and revoke credentials');

  withStoreOptions(credential.command('create').description('make a credential and show its secret, once'))
    .addOption(tenantOption())
    .addOption(
      new Option('--dialect <name>', 'the API it is for')
        .choices(DIALECTS.map(dialect => dialect.name))
        .makeOptionMandatory(),
    )
    .requiredOption('--name <name>', 'what history calls whoever uses it, such as "warehouse"')
    .option('--login <login>', 'the login, for a dialect that has passwords')
    .option('--issuer <url>', 'flecto: the OpenID issuer')
    .option('--audience <audience>', 'flecto: the audience of its tokens')
    .option('--subject <subject>', 'flecto: only tokens of this user')
    .option('--jwks-url <url>', 'flecto: where the issuer publishes its keys')
    .option('--store', 'flecto: open the public store of the tenant, where anybody may leave an inquiry')
    .addOption(
      new Option('--tier <tier>', 'flexportal: the rate limit of the key').choices([
        'starter',
        'growth',
        'enterprise',
      ]),
    )
    .option('--json', 'answer with one line of JSON')
    .action(createCredential);

  withStoreOptions(
    credential.command('list').description('list the credentials of a tenant, without secrets'),
  )
    .addOption(tenantOption())
    .option('--json', 'answer with one line of JSON')
    .action((options: CredentialOptions) => listCredentials(options, () => true));

  withStoreOptions(
    credential.command('rotate <id>').description('make another secret for a credential, and show it, once'),
  )
    .addOption(tenantOption())
    .option('--overlap <seconds>', 'how long the old secret goes on; without it, it ends at once', '0')
    .option('--json', 'answer with one line of JSON')
    .action(async (id: string, options: CredentialOptions & { readonly overlap: string }) => {
      const seconds = secondsOf(options.overlap);
      const rotated = await withStore(configurationOf(options), async store => {
        const tenant = { id: await tenantId(store, options.tenant), name: options.tenant };
        return rotateCredential(store.credentials, DIALECTS, tenant, id, seconds);
      });
      const { shown, previousExpiresAt } = rotated;
      tell({ id: rotated.id, ...shown, 'old secret ends': previousExpiresAt }, options.json);
    });

  withStoreOptions(
    credential
      .command('revoke <id>')
      .description('end a credential, the tokens issued for it and what it replaced'),
  )
    .addOption(tenantOption())
    .action(async (id: string, options: CredentialOptions) => {
      const revoked = await withStore(configurationOf(options), async store =>
        store.credentials.revoke(await tenantId(store, options.tenant), id),
      );
      if (!revoked) throw new ConfigurationError(`There is no valid credential ${id}.`);
      console.log('Revoked. Running servers refuse it within seconds.');
    });

  return credential;
}

/** For a dialect as for an operator: what is wrong is said before a database is opened. */
export async function createCredential(options: CredentialOptions): Promise<void> {
  const { dialect, name } = options;
  // Whoever has the command line has the machine, and gains nothing by making the server ask it.
  const wanted = { dialect, name, options: valuesOf(options), inHouse: true };
  const ready = spelled(() => readyCredential(DIALECTS, wanted, options.tenant));
  const issued = await withStore(configurationOf(options), async store =>
    storeCredential(store.credentials, await tenantId(store, options.tenant), ready),
  );
  tell({ id: issued.id, ...issued.shown }, options.json);
}

export async function listCredentials(
  options: CredentialOptions,
  wanted: (credential: CredentialFacts) => boolean,
): Promise<void> {
  const all = await withStore(configurationOf(options), async store =>
    store.credentials.list(await tenantId(store, options.tenant)),
  );
  const list = all.filter(wanted);
  if (options.json) console.log(JSON.stringify(list));
  else for (const each of list) console.log(lineOf(each));
}

function lineOf(credential: CredentialFacts): string {
  const { id, dialect, kind, name, settings, lastUsedAt } = credential;
  const role = dialect === OWN_DIALECT ? [String(settings.role)] : [];
  const used = lastUsedAt === null ? 'never used' : `used ${lastUsedAt}`;
  return [id, dialect, kind, name, ...role, stateOf(credential), used].join('\t');
}

function stateOf({ revokedAt, expiresAt }: CredentialFacts): string {
  if (revokedAt !== null) return 'revoked';
  if (expiresAt === null) return 'valid';
  return Date.parse(expiresAt) > Date.now() ? `valid until ${expiresAt}` : 'expired';
}

function secondsOf(text: string): number {
  const seconds = /^\d{1,9}$/.test(text) ? Number(text) : Number.POSITIVE_INFINITY;
  if (seconds <= OVERLAP_MAXIMUM_SECONDS) return seconds;
  throw new ConfigurationError(
    `--overlap must be a whole number of seconds from 0 to ${OVERLAP_MAXIMUM_SECONDS}, which are 30 days.`,
  );
}
