/** What each dialect sees of a customer. */
import type { ApiRoute } from '../route.ts';

export const viewRoutes: readonly ApiRoute[] = [];
