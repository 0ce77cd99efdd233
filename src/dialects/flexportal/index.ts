/** FlexPortal: a platform for renting out devices on subscription, with one profile a customer. */
import type { Dialect } from '../contract.ts';
import { authenticate } from './auth.ts';
import { refuse } from './errors.ts';
import { customer, customerId } from './lens.ts';
import { routes } from './routes.ts';

export const flexportal: Dialect = {
  name: 'flexportal',
  title: 'FlexPortal',
  routes,
  prefixes: ['/v1/'],
  resources: [customer],
  customerId,
  authenticate,
  refuse,
};
