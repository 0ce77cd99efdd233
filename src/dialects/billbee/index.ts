/** Billbee: multichannel order management, with customers, their contact entries and their addresses. */
import type { Dialect } from '../contract.ts';
import { numberKey } from '../path.ts';
import { addressResource } from './address-lens.ts';
import { authenticate, security } from './auth.ts';
import { credential } from './credential.ts';
import { refusals, refuse } from './errors.ts';
import { customerResource } from './lens.ts';
import { rateLimits } from './rate-limits.ts';
import { MEDIA_TYPES } from './request.ts';
import { routes } from './routes.ts';
import { untold } from './untold.ts';
import { DIALECT } from './wire.ts';

export const billbee: Dialect = {
  name: DIALECT,
  title: 'Billbee',
  routes,
  prefixes: ['/api/v1/', '/api/v1'],
  resources: [customerResource, addressResource],
  untold,
  customerId: customer => String(customer.number),
  customerKey: numberKey,
  shows: ({ number }) => [`/api/v1/customers/${number}`, `/api/v1/customers/${number}/addresses`],
  authenticate,
  credential,
  refuse,
  refusals,
  mediaTypes: MEDIA_TYPES,
  security,
  rateLimits,
};
