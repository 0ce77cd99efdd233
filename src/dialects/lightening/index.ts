/** Lightening: freight and courier management, and its address book that customers share. */
import type { Dialect } from '../contract.ts';
import { numberKey } from '../path.ts';
import { refusals } from './answers.ts';
import { authenticate } from './auth.ts';
import { BRANCHES, BranchBody } from './branch.ts';
import { COST_CENTERS, CostCenterBody } from './cost-center.ts';
import { credential } from './credential.ts';
import { customer } from './customer.ts';
import { refuse } from './errors.ts';
import { address } from './lens.ts';
import { routes } from './routes.ts';
import { untold } from './untold.ts';

export const lightening: Dialect = {
  name: 'lightening',
  title: 'Lightening',
  routes,
  prefixes: ['/address', '/login', '/logout', '/customer', '/branch', '/cost_center'],
  resources: [address, customer],
  untold,
  customerId: record => String(record.number),
  customerKey: numberKey,
  shows: ({ number }) => [`/customer/${number}`, `/address?customer_id=${number}`],
  authenticate,
  credential,
  refuse,
  refusals,
  objects: { [BRANCHES.kind]: BranchBody, [COST_CENTERS.kind]: CostCenterBody },
  mediaTypes: ['application/json'],
  security: {
    token: {
      type: 'apiKey',
      in: 'header',
      name: 'Authorization',
      description:
        'A token of a login or of the configuration, as `Bearer x`, as `Token x` or alone (lightening.md §1).',
    },
  },
};
