/** connectFi's operations (connectfi.md §1, §4). */
import type { Route } from '../contract.ts';
import { customerRoutes } from './customer-routes.ts';
import { employeeRoutes } from './employee-routes.ts';
import { healthRoutes } from './health.ts';
import { userRoutes } from './password.ts';
import { sessionRoutes } from './session.ts';

export const routes: readonly Route[] = [
  ...sessionRoutes,
  ...userRoutes,
  ...healthRoutes,
  ...customerRoutes,
  ...employeeRoutes,
];
