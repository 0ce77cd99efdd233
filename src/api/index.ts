/** Concord's own API: what the console, the command line and new programs speak. */
import type { Surface } from '../dialects/contract.ts';
import { OWN_DIALECT } from '../record/access.ts';
import { authenticate, security } from './auth.ts';
import { PROBLEM_TYPE, refusals, refuse } from './errors.ts';
import { BASE, JSON_TYPE } from './route.ts';
import { changeRoutes } from './routes/changes.ts';
import { credentialRoutes } from './routes/credentials.ts';
import { customerRoutes } from './routes/customers.ts';
import { historyRoutes } from './routes/history.ts';
import { privacyRoutes } from './routes/privacy.ts';
import { sessionRoutes } from './routes/session.ts';
import { tenantRoutes } from './routes/tenants.ts';
import { viewRoutes } from './routes/views.ts';
import type { ApiServices } from './services.ts';

export const concord: Surface<ApiServices> = {
  name: OWN_DIALECT,
  title: 'Concord',
  routes: [
    ...sessionRoutes,
    ...customerRoutes,
    ...viewRoutes,
    ...historyRoutes,
    ...privacyRoutes,
    ...changeRoutes,
    ...credentialRoutes,
    ...tenantRoutes,
  ],
  prefixes: [`${BASE}/`, '/concord/'],
  authenticate,
  refuse,
  refusals,
  mediaTypes: [JSON_TYPE],
  refusalMediaTypes: [PROBLEM_TYPE],
  security,
};
