/** Customers: list, count, search, create, read, patch, delete, archive and restore. */
import type { ApiRoute } from '../route.ts';

export const customerRoutes: readonly ApiRoute[] = [];
