/** Flecto: a rental business's customers, their addresses and inquiries, in the style of JSON:API. */
import type { Dialect } from '../contract.ts';
import { numberKey } from '../path.ts';
import { refusals } from './answers.ts';
import { authenticate } from './auth.ts';
import { credential } from './credential.ts';
import { customer } from './customer-lens.ts';
import { refuse } from './errors.ts';
import { customerAddress } from './lens.ts';
import { routes } from './routes.ts';
import { untold } from './untold.ts';
import { DIALECT, MEDIA_TYPES } from './wire.ts';

export const flecto: Dialect = {
  name: DIALECT,
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
    '/api/business_categories',
  ],
  resources: [customer, customerAddress],
  untold,
  customerId: customer => String(customer.number),
  customerKey: numberKey,
  shows: ({ number }) => [`/api/saas/me/customers/${number}`, `/api/saas/me/customers/${number}/addresses`],
  authenticate,
  credential,
  showsDocumentNumbers: true,
  refuse,
  refusals,
  mediaTypes: MEDIA_TYPES,
  security: {
    bearer: {
      type: 'http',
      scheme: 'bearer',
      description:
        'A JWT (RS256) of the OpenID provider that the credential names. `Auth0-IdToken` may come with it and is not needed.',
    },
  },
};
