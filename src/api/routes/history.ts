/** History, provenance and reverting. */
import type { ApiRoute } from '../route.ts';

export const historyRoutes: readonly ApiRoute[] = [];
