/** Credentials of every dialect and of operators. */
import type { ApiRoute } from '../route.ts';

export const credentialRoutes: readonly ApiRoute[] = [];
