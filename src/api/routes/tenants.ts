/** Tenants and dialects. */
import type { ApiRoute } from '../route.ts';

export const tenantRoutes: readonly ApiRoute[] = [];
