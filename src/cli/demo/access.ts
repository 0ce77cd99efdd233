/** The demo's credentials: published ones, so that what is printed today works tomorrow. */
import { createHash } from 'node:crypto';
import type { CredentialSpace } from '../../dialects/contract.ts';
import { lookupOf } from '../../dialects/flecto/auth.ts';
import { storeLookup } from '../../dialects/flecto/public-store.ts';
import { OWN_DIALECT } from '../../record/access.ts';
import type { Store } from '../../store/index.ts';
import type { DemoIssuer } from './openid.ts';

export type Headers = Readonly<Record<string, string>>;

/** All that a client must send to be let in, by dialect, and for Concord's own API. */
export type Access = Readonly<Record<CredentialSpace, { readonly headers: Headers }>>;

export interface DemoTenant {
  readonly id: number;
  readonly name: string;
}

/** The audience of the demo's tokens: one for each tenant. */
const audienceOf = (tenant: DemoTenant): string => `concord-${tenant.name}`;

const keysOf = (tenant: DemoTenant) => ({
  flexportal: `demo-${tenant.name}-flexportal`,
  lightening: `demo-${tenant.name}-lightening`,
  // connectFi's tokens have 66 characters of base 62 (connectfi.md §1.2).
  connectfi: `demo${tenant.name}`.padEnd(66, '0'),
  billbee: `demo-${tenant.name}-billbee`,
  concord: `demo-${tenant.name}-concord`,
});

/** The tenant whose operator may look after the others, too. */
const INSTALLATION_TENANT = 'harbor';

/** Logins where a dialect has them: the login is the tenant's name. */
export const DEMO_PASSWORD = 'Demo-password-1!';

/** Makes the credentials that are missing, and says how a client uses them. */
export async function demoAccess(store: Store, tenant: DemoTenant, issuer: DemoIssuer): Promise<Access> {
  const keys = keysOf(tenant);
  const anchor = { issuer: issuer.issuer, audience: audienceOf(tenant), jwks: { keys: [issuer.publicKey] } };
  const rights = { role: 'admin', reveal: true } as const;
  const isFirst = tenant.name === INSTALLATION_TENANT;
  const wanted = [
    { dialect: OWN_DIALECT, kind: 'key', name: 'demo key', secret: keys.concord, settings: rights },
    {
      dialect: OWN_DIALECT,
      kind: 'password',
      name: 'demo operator',
      login: tenant.name,
      secret: DEMO_PASSWORD,
      settings: { ...rights, ...(isFirst && { installation: true }) },
    },
    {
      dialect: 'flecto',
      kind: 'issuer',
      name: `demo ${issuer.issuer.slice(-6)}`,
      lookup: lookupOf(anchor),
      settings: anchor,
    },
    {
      dialect: 'flecto',
      kind: 'issuer',
      name: 'store',
      lookup: storeLookup(tenant.name),
      settings: { store: true },
    },
    { dialect: 'flexportal', kind: 'key', name: 'demo', secret: keys.flexportal },
    { dialect: 'lightening', kind: 'key', name: 'demo token', secret: keys.lightening },
    {
      dialect: 'lightening',
      kind: 'password',
      name: 'demo login',
      login: tenant.name,
      secret: DEMO_PASSWORD,
    },
    { dialect: 'connectfi', kind: 'key', name: 'demo token', secret: keys.connectfi },
    { dialect: 'connectfi', kind: 'password', name: 'demo login', login: tenant.name, secret: DEMO_PASSWORD },
    {
      dialect: 'billbee',
      kind: 'password',
      name: 'demo',
      login: `${tenant.name}@example.test`,
      secret: DEMO_PASSWORD,
      settings: { apiKeySha256: createHash('sha256').update(keys.billbee).digest('hex') },
    },
  ] as const;
  for (const credential of wanted) {
    const exists = await store.credentials.has(tenant.id, credential.dialect, credential.name);
    if (!exists) await store.credentials.create({ tenant: tenant.id, ...credential });
  }
  const basic = Buffer.from(`${tenant.name}@example.test:${DEMO_PASSWORD}`).toString('base64');
  return {
    concord: { headers: { Authorization: `Bearer ${keys.concord}` } },
    flecto: { headers: { Authorization: `Bearer ${await issuer.sign(anchor.audience, 'demo')}` } },
    flexportal: { headers: { Authorization: `Bearer ${keys.flexportal}`, 'Tenant-ID': tenant.name } },
    lightening: { headers: { Authorization: `Bearer ${keys.lightening}` } },
    connectfi: { headers: { 'x-connectfi-token': keys.connectfi } },
    billbee: { headers: { 'X-Billbee-Api-Key': keys.billbee, Authorization: `Basic ${basic}` } },
  };
}
