/** Reveals of identity documents, export and erasure. */
import type { ApiRoute } from '../route.ts';

export const privacyRoutes: readonly ApiRoute[] = [];
