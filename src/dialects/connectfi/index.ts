/** connectFi: banking as a service, with the customers that a client registered. */
import type { Dialect } from '../contract.ts';
import { authenticate } from './auth.ts';
import { credential } from './credential.ts';
import { refuse } from './errors.ts';
import { customerIdOf, customerKey } from './identifiers.ts';
import { customer, representative } from './lens.ts';
import { refusals } from './refusals.ts';
import { routes } from './routes.ts';
import { untold } from './untold.ts';

export const connectfi: Dialect = {
  name: 'connectfi',
  title: 'connectFi',
  routes,
  prefixes: ['/auth/', '/user/', '/customer/', '/customer/status/'],
  resources: [customer, representative],
  untold,
  customerId: customerIdOf,
  customerKey,
  shows: customer => [`/customer/status/${customerIdOf(customer)}`],
  authenticate,
  credential,
  showsDocumentNumbers: true,
  refuse,
  refusals,
  mediaTypes: ['application/json'],
  security: {
    token: {
      type: 'apiKey',
      in: 'header',
      name: 'x-connectfi-token',
      description: 'A token from `/auth/get-token`, or of the configuration (connectfi.md §1.2).',
    },
  },
};
