/** Tenants and dialects. */
import type { WireAnswer } from '../../dialects/contract.ts';
import { OWN_DIALECT } from '../../record/access.ts';
import { ConcordError } from '../../record/errors.ts';
import type { Tenant } from '../../record/tenants.ts';
import { expectInstallation } from '../auth.ts';
import { readyCredential, storeCredential } from '../credential.ts';
import { readBody } from '../request.ts';
import { type ApiCall, type ApiRoute, ownRoute } from '../route.ts';
import { DialectList, IssuedTenant, NewTenant, Tenants } from '../schemas/access.ts';
import type { ApiServices } from '../services.ts';

const GROUP = 'Installation';

export const tenantRoutes: readonly ApiRoute[] = [
  ownRoute({
    method: 'GET',
    path: '/tenants',
    operation: 'List tenants',
    group: GROUP,
    description: 'All tenants of the installation, by name. Needs the right to administer the installation.',
    role: 'admin',
    answers: { 200: Tenants },
    async handle({ caller, services }) {
      expectInstallation(caller);
      const tenants = await services.tenants.list();
      return { status: 200, body: { items: tenants.map(shown) } };
    },
  }),
  ownRoute({
    method: 'POST',
    path: '/tenants',
    operation: 'Create a tenant',
    group: GROUP,
    description:
      'Makes a tenant and its first administrator, whose password is shown this once. Needs the right to administer the installation.',
    role: 'admin',
    body: NewTenant,
    answers: { 201: IssuedTenant },
    handle: createTenant,
  }),
  ownRoute({
    method: 'GET',
    path: '/dialects',
    operation: 'List dialects',
    group: GROUP,
    description: 'The APIs of vendors that are answered here.',
    answers: { 200: DialectList },
    async handle({ services }) {
      const items = services.dialects.map(({ name, title, routes }) => ({
        name,
        title,
        operations: routes.length,
      }));
      return { status: 200, body: { items } };
    },
  }),
];

const shown = ({ name, createdAt }: Tenant) => ({ name, createdAt });

async function createTenant({ request, caller, services }: ApiCall): Promise<WireAnswer> {
  expectInstallation(caller);
  const { name, operator } = readBody(request, NewTenant);
  // Who may reveal can be given by nobody who may not, so that somebody has to begin with it.
  const options = { login: operator.login, role: 'admin', reveal: true };
  const wanted = { dialect: OWN_DIALECT, name: operator.name, options };
  // Checked before the tenant is made, which cannot be taken back.
  const ready = readyCredential(services.dialects, wanted, name);
  const tenant = await madeTenant(services, name);
  const issued = await storeCredential(services.administration, tenant.id, ready);
  return {
    status: 201,
    body: { tenant: shown(tenant), secrets: issued.shown },
  };
}

/** One that nobody can enter, because its operator's login was taken or the server died, is gone on with. */
async function madeTenant({ tenants, administration }: ApiServices, name: string): Promise<Tenant> {
  try {
    return await tenants.create(name);
  } catch (error) {
    if (!(error instanceof ConcordError) || error.code !== 'value-taken') throw error;
    const present = await tenants.find(name);
    if (!present || (await administration.list(present.id)).length > 0) throw error;
    return present;
  }
}
