/** Billbee: multichannel order management, with customers, their contact entries and their addresses. */
import type { Dialect } from '../contract.ts';
import { addressResource } from './address-lens.ts';
import { authenticate } from './auth.ts';
import { refuse } from './errors.ts';
import { customerResource } from './lens.ts';
import { routes } from './routes.ts';

export const billbee: Dialect = {
  name: 'billbee',
  title: 'Billbee',
  routes,
  prefixes: ['/api/v1/', '/api/v1'],
  resources: [customerResource, addressResource],
  customerId: customer => String(customer.number),
  authenticate,
  refuse,
};
