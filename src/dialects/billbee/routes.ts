/** Billbee's operations (billbee.md §5.1). */
import type { Route } from '../contract.ts';
import { addressRoutes } from './address-routes.ts';
import { customerRoutes } from './customer-routes.ts';

export const routes: readonly Route[] = [...customerRoutes, ...addressRoutes];
