/** Lightening's operations (lightening.md §4, §6). */
import type { Route } from '../contract.ts';
import { addressRoutes } from './address-routes.ts';
import { branchRoutes } from './branch-routes.ts';
import { costCenterRoutes } from './cost-center-routes.ts';
import { customerRoutes } from './customer-routes.ts';
import { sessionRoutes } from './session.ts';

export const routes: readonly Route[] = [
  ...addressRoutes,
  ...customerRoutes,
  ...branchRoutes,
  ...costCenterRoutes,
  ...sessionRoutes,
];
