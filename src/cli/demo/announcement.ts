/** What `concord demo` tells: one line of JSON for programs, a table with working commands for people. */
import type { Dialect, DialectName } from '../../dialects/contract.ts';
import { DIALECTS } from '../../dialects/index.ts';
import { type Customer, isArchived } from '../../record/customer.ts';
import { type Access, DEMO_PASSWORD } from './access.ts';

export interface AnnouncedTenant {
  readonly name: string;
  readonly customers: readonly Customer[];
  readonly access: Access;
}

/** The documented interface of `concord demo --json` (docs/demo.md). */
export function announceAsJson(origin: string, tenants: readonly AnnouncedTenant[]): string {
  return JSON.stringify({
    origin,
    tenants: tenants.map(({ name, customers, access: { concord, ...dialects } }) => ({
      name,
      customers: customers.map(describe),
      dialects,
      concord,
    })),
  });
}

function describe(customer: Customer) {
  return {
    id: customer.id,
    number: customer.number,
    kind: customer.kind,
    archived: isArchived(customer),
    ids: Object.fromEntries(DIALECTS.map(dialect => [dialect.name, dialect.customerId(customer)])),
    addresses: customer.addresses.map(({ address, main, roles }) => ({
      id: address.id,
      number: address.number,
      main,
      roles,
    })),
  };
}

export function announceAsTable(origin: string, tenants: readonly AnnouncedTenant[]): string {
  const [{ name, customers, access }] = tenants as [AnnouncedTenant];
  const customer = customers.find(each => each.addresses.length > 0 && !isArchived(each))!;
  const commands = DIALECTS.map(dialect => `${dialect.title}\n  ${curl(origin, dialect, customer, access)}`);
  const counts = tenants.map(tenant => `${tenant.name} (${tenant.customers.length} customers)`).join(', ');
  return [
    `Concord answers on ${origin}`,
    `Tenants: ${counts}`,
    '',
    `Customer ${customer.number} of ${name}, as each of the five sees it:`,
    '',
    commands.join('\n\n'),
    '',
    `The console: ${origin}/console/`,
    `  login ${name}, password ${DEMO_PASSWORD}`,
    '',
    'Stop with Ctrl+C. The data stays; the next start finds it as it was.',
  ].join('\n');
}

/** One command for each dialect, which shows the same customer. */
function curl(origin: string, dialect: Dialect, customer: Customer, access: Access): string {
  const id = dialect.customerId(customer);
  const paths: Record<DialectName, string> = {
    flecto: `/api/saas/me/customers/${id}/addresses`,
    flexportal: `/v1/customers/${id}`,
    lightening: `/address?customer_id=${id}`,
    connectfi: `/customer/status/${id}`,
    billbee: `/api/v1/customers/${id}`,
  };
  const headers = Object.entries(access[dialect.name].headers).map(
    ([name, value]) => `-H '${name}: ${value}'`,
  );
  return `curl -s ${headers.join(' ')} '${origin}${paths[dialect.name]}'`;
}
