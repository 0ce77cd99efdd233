/** FlexPortal: a platform for renting out devices on subscription, with one profile a customer. */
import type { Dialect } from '../contract.ts';
import { refusals } from './answers.ts';
import { authenticate } from './auth.ts';
import { credential } from './credential.ts';
import { refuse } from './errors.ts';
import { customerId, customerKey } from './identifiers.ts';
import { customer } from './lens.ts';
import { rateLimits } from './rate-limits.ts';
import { routes } from './routes.ts';
import { untold } from './untold.ts';

export const flexportal: Dialect = {
  name: 'flexportal',
  title: 'FlexPortal',
  routes,
  prefixes: ['/v1/'],
  resources: [customer],
  untold,
  customerId,
  customerKey,
  shows: customer => [`/v1/customers/${customerId(customer)}`],
  authenticate,
  credential,
  refuse,
  refusals,
  mediaTypes: ['application/json'],
  security: {
    apiKey: { type: 'http', scheme: 'bearer', description: 'The API key (flexportal.md §1.1 [seed]).' },
    tenant: {
      type: 'apiKey',
      in: 'header',
      name: 'Tenant-ID',
      description: 'The name of the tenant that the API key belongs to (flexportal.md §1.1 [seed]).',
    },
  },
  rateLimits,
};
