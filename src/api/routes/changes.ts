/** The feed of changes, by cursor and as server-sent events. */
import type { ApiRoute } from '../route.ts';

export const changeRoutes: readonly ApiRoute[] = [];
