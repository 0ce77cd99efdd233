/** connectFi: banking as a service, with the customers that a client registered. */
import type { Dialect } from '../contract.ts';
import { authenticate } from './auth.ts';
import { refuse } from './errors.ts';
import { customerIdOf } from './identifiers.ts';
import { customer, representative } from './lens.ts';
import { routes } from './routes.ts';

export const connectfi: Dialect = {
  name: 'connectfi',
  title: 'connectFi',
  routes,
  prefixes: ['/auth/', '/user/', '/customer/'],
  resources: [customer, representative],
  customerId: customerIdOf,
  authenticate,
  refuse,
};
