/** Flecto: a rental business's customers and their addresses, in the style of JSON:API. */
import type { Dialect } from '../contract.ts';
import { authenticate } from './auth.ts';
import { refuse } from './errors.ts';
import { customerAddress } from './lens.ts';
import { routes } from './routes.ts';

export const flecto: Dialect = {
  name: 'flecto',
  title: 'Flecto',
  routes,
  prefixes: [
    '/api/saas/',
    '/api/me',
    '/api/store/',
    '/api/links/',
    '/api/integrations/',
    '/api/services/',
    '/api/ai/',
  ],
  resources: [customerAddress],
  customerId: customer => String(customer.number),
  authenticate,
  refuse,
};
