/** Lightening: freight and courier management, and its address book that customers share. */
import type { Dialect } from '../contract.ts';
import { authenticate } from './auth.ts';
import { customer } from './customer.ts';
import { refuse } from './errors.ts';
import { address } from './lens.ts';
import { routes } from './routes.ts';

export const lightening: Dialect = {
  name: 'lightening',
  title: 'Lightening',
  routes,
  prefixes: ['/address', '/login', '/logout', '/customer', '/branch', '/cost_center'],
  resources: [address, customer],
  customerId: record => String(record.number),
  authenticate,
  refuse,
};
