/** `concord credential`: makes, lists and revokes what lets clients in. Secrets are shown once. */
import { createHash, randomBytes } from 'node:crypto';
import { Command, Option } from 'commander';
import { lookupOf } from '../dialects/flecto/auth.ts';
import { storeLookup } from '../dialects/flecto/public-store.ts';
import { DIALECTS } from '../dialects/index.ts';
import type { NewCredential, Store } from '../store/index.ts';
import { ConfigurationError, readConfiguration } from './configuration.ts';
import { type CredentialOptions, expectUsable } from './credential-options.ts';
import { type StoreOptions, withStoreOptions } from './options.ts';
import { tenantId, withStore } from './store-command.ts';

/** 256 random bits, as the store's own secrets. */
const SECRET_BYTES = 32;

const configurationOf = (options: StoreOptions) =>
  readConfiguration(process.env, options, { logLevel: 'warn' });
const tenantOption = () => new Option('--tenant <name>', 'the tenant it belongs to').makeOptionMandatory();

export function credentialCommand(): Command {
  const credential = new Command('credential').description('make, list and revoke credentials');

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
    .action(async (options: CredentialOptions) => {
      expectUsable(options);
      const shown = await withStore(configurationOf(options), store => create(store, options));
      if (options.json) console.log(JSON.stringify(shown));
      else for (const [name, value] of Object.entries(shown)) console.log(`${name}: ${value}`);
    });

  withStoreOptions(
    credential.command('list').description('list the credentials of a tenant, without secrets'),
  )
    .addOption(tenantOption())
    .option('--json', 'answer with one line of JSON')
    .action(async (options: CredentialOptions) => {
      const list = await withStore(configurationOf(options), async store =>
        store.credentials.list(await tenantId(store, options.tenant)),
      );
      if (options.json) console.log(JSON.stringify(list));
      else
        for (const each of list)
          console.log(
            [each.id, each.dialect, each.kind, each.name, each.revokedAt ? 'revoked' : 'valid'].join('\t'),
          );
    });

  withStoreOptions(
    credential.command('revoke <id>').description('end a credential and the tokens issued for it'),
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

/** What to tell the client, by the names that its vendor uses. */
async function create(store: Store, options: CredentialOptions): Promise<Record<string, string>> {
  const common = {
    tenant: await tenantId(store, options.tenant),
    dialect: options.dialect,
    name: options.name,
  };
  const random = () => randomBytes(SECRET_BYTES).toString('base64url');
  const add = async (credential: NewCredential) => (await store.credentials.create(credential)).id;
  switch (options.dialect) {
    case 'flecto': {
      if (options.store) {
        const lookup = storeLookup(options.tenant);
        return { id: await add({ ...common, kind: 'issuer', lookup }), store_id: options.tenant };
      }
      const { issuer, audience, subject, jwksUrl } = options;
      const anchor = {
        ...{ issuer: issuer!, audience: audience!, jwksUrl: jwksUrl! },
        ...(subject !== undefined && { subject }),
      };
      return { id: await add({ ...common, kind: 'issuer', lookup: lookupOf(anchor), settings: anchor }) };
    }
    case 'billbee': {
      const [apiKey, password, login] = [random(), random(), loginOf(options)];
      const settings = { apiKeySha256: createHash('sha256').update(apiKey).digest('hex') };
      const id = await add({ ...common, kind: 'password', login, secret: password, settings });
      return { id, 'X-Billbee-Api-Key': apiKey, username: login, password };
    }
    case 'connectfi': {
      const [password, login] = [random(), loginOf(options)];
      return { id: await add({ ...common, kind: 'password', login, secret: password }), login, password };
    }
    case 'lightening': {
      const secret = random();
      if (options.login === undefined)
        return { id: await add({ ...common, kind: 'key', secret }), token: secret };
      const id = await add({ ...common, kind: 'password', login: options.login, secret });
      return { id, username: options.login, password: secret };
    }
    case 'flexportal': {
      const secret = random();
      return {
        id: await add({
          ...common,
          kind: 'key',
          secret,
          ...(options.tier !== undefined && { settings: { tier: options.tier } }),
        }),
        'API key': secret,
        'Tenant-ID': options.tenant,
      };
    }
  }
}

function loginOf(options: CredentialOptions): string {
  if (!options.login) throw new ConfigurationError(`${options.dialect} needs --login.`);
  return options.login;
}
