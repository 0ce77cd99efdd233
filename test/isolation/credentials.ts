/** Credentials that let nobody in, for every API: wrong, ended, somebody else's, and no credentials at all. */
import { readyCredential } from '../../src/api/credential.ts';
import type { Headers } from '../../src/cli/demo/access.ts';
import type { CredentialSpace, DialectName } from '../../src/dialects/contract.ts';
import type { Shown } from '../../src/dialects/credential-form.ts';
import { lookupOf } from '../../src/dialects/flecto/auth.ts';
import { DIALECTS } from '../../src/dialects/index.ts';
import { type CredentialDraft, OWN_DIALECT } from '../../src/record/access.ts';
import type { Concord, TestTenant } from '../support/concord.ts';

export interface Refused {
  readonly name: string;
  /** Headers in the place of the right ones; `undefined` for one that is not sent. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The API tells it from a secret that nobody has: it says another thing, on purpose. */
  readonly told?: true;
}

/** A credential of its own for a tenant, and the headers of a client who has it. */
interface Made {
  readonly draft: CredentialDraft;
  readonly headers: Headers;
}

const PAST = '2026-01-15T09:00:00.000Z';
/** Within the limit of all headers together, and longer than any secret. */
const LONG = 'x'.repeat(9_000);

const basic = (login: string, password: string): string =>
  `Basic ${Buffer.from(`${login}:${password}`).toString('base64')}`;

/** What a client of each API sends, of what the maker of its credential is told. */
const HEADERS: Readonly<Record<Exclude<CredentialSpace, 'flecto'>, (shown: Shown) => Headers>> = {
  concord: ({ key }) => ({ Authorization: `Bearer ${key}` }),
  flexportal: shown => ({ Authorization: `Bearer ${shown['API key']}`, 'Tenant-ID': shown['Tenant-ID']! }),
  lightening: ({ token }) => ({ Authorization: `Bearer ${token}` }),
  connectfi: ({ token }) => ({ 'x-connectfi-token': token! }),
  billbee: shown => ({
    'X-Billbee-Api-Key': shown['X-Billbee-Api-Key']!,
    Authorization: basic(shown.username!, shown.password!),
  }),
};

const OPTIONS: Readonly<
  Partial<Record<CredentialSpace, (name: string) => Readonly<Record<string, string>>>>
> = {
  concord: () => ({ role: 'admin' }),
  billbee: name => ({ login: `${name}@example.test` }),
};

async function aCredential(
  concord: Concord,
  tenant: TestTenant,
  api: CredentialSpace,
  name: string,
): Promise<Made> {
  if (api === 'flecto') {
    const audience = `${tenant.name}-${name}`;
    const { issuer, publicKey } = concord.issuer;
    const anchor = { issuer, audience, jwks: { keys: [publicKey] } };
    return {
      draft: { dialect: api, name, kind: 'issuer', lookup: lookupOf(anchor), settings: anchor as never },
      headers: { Authorization: `Bearer ${await concord.issuer.sign(audience, name)}` },
    };
  }
  if (api === 'connectfi') {
    // Its tokens come from a login; a configured one is as good.
    const secret = `${name}${tenant.name}`.replaceAll(/\W/g, '').padEnd(66, '0');
    return { draft: { dialect: api, name, kind: 'key', secret }, headers: HEADERS[api]({ token: secret }) };
  }
  const options = OPTIONS[api]?.(`${tenant.name}-${name}`) ?? {};
  const { draft, shown } = readyCredential(DIALECTS, { dialect: api, name, options }, tenant.name);
  return { draft, headers: HEADERS[api](shown) };
}

/** All that must not let in to an API of the tenant. */
export async function refusedCredentials(
  concord: Concord,
  tenant: TestTenant,
  stranger: TestTenant,
  api: CredentialSpace,
): Promise<readonly Refused[]> {
  const own = tenant.access[api].headers;
  const { credentials } = concord.store;
  const revoked = await aCredential(concord, tenant, api, 'revoked');
  const { id } = await credentials.create({ ...revoked.draft, tenant: tenant.id });
  await credentials.revoke(tenant.id, id);
  const expired = await aCredential(concord, tenant, api, 'expired');
  await credentials.create({ ...expired.draft, tenant: tenant.id, expiresAt: PAST });
  const none = Object.fromEntries(Object.keys(own).map(name => [name, undefined]));
  const spaces: readonly CredentialSpace[] = [
    OWN_DIALECT,
    ...DIALECTS.map(({ name }) => name as DialectName),
  ];
  return [
    { name: 'none', headers: none, told: true },
    { name: 'unknown ones', headers: (await aCredential(concord, tenant, api, 'unknown')).headers },
    { name: 'revoked ones', headers: revoked.headers },
    { name: 'expired ones', headers: expired.headers },
    ...spaces
      .filter(other => other !== api)
      .map(other => ({
        name: `those of ${other}`,
        headers: { ...none, ...tenant.access[other].headers },
        told: true as const,
      })),
    ...Object.keys(own).flatMap(name => [
      ...[
        '',
        'wrong',
        'Bearer',
        'Bearer  ',
        'Basic e30=',
        'Basic ====',
        `Bearer ${LONG}`,
        'Bearer a.b.c',
        '\u00e9\u00ff',
        '\t',
      ].map(value => ({
        name: `${name}: ${value.slice(0, 20)}`,
        headers: { ...own, [name]: value },
        told: true as const,
      })),
      // Two of a kind, joined as HTTP joins them.
      {
        name: `${name} twice`,
        headers: { ...own, [name]: `${own[name]}, ${own[name]}` },
        told: true as const,
      },
    ]),
    ...mixtures(own, stranger.access[api].headers),
  ];
}

/** Headers that belong together, one after the other from somebody else. */
function mixtures(own: Headers, others: Headers): Refused[] {
  const names = Object.keys(own);
  if (names.length < 2) return [];
  return names.map(name => ({
    name: `another tenant’s ${name}`,
    headers: { ...own, [name]: others[name] },
    told: true,
  }));
}
