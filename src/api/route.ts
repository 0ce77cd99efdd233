/** One operation of Concord's own API, as its files write it. */
import type { Answers, Call, Method, Route, WireAnswer } from '../dialects/contract.ts';
import type { TSchema } from '../dialects/schema.ts';
import type { OperatorRole } from '../record/access.ts';
import { expectRole } from './auth.ts';
import { idempotently } from './idempotency.ts';
import type { ApiServices } from './services.ts';

export type ApiRoute = Route<ApiServices>;
export type ApiCall = Call<ApiServices> & {
  /** The UUID that what is made should have: the same when the request is sent again with its `Idempotency-Key`. */
  readonly newId?: string;
};

/** Where all of it is. */
export const BASE = '/concord/v1';
export const JSON_TYPE = 'application/json';

/** Personal data is nothing for a cache on the way; an answer with an `ETag` says more itself. */
const UNCACHED = { 'cache-control': 'no-store' };

export interface OwnRoute {
  readonly method: Method;
  /** Below `BASE`, with parameters as `:name`. */
  readonly path: string;
  readonly operation: string;
  readonly group: string;
  readonly description?: string;
  readonly query?: Readonly<Record<string, TSchema>>;
  readonly queryRequired?: readonly string[];
  readonly body?: TSchema;
  /** Where they are not JSON alone. */
  readonly bodyTypes?: readonly string[];
  readonly answers: Answers;
  /** The least role; everybody who is let in when absent. */
  readonly role?: OperatorRole;
  readonly open?: true;
  readonly streams?: true;
  /** A POST that makes nothing: sent again it is done again, and its answer is not kept. */
  readonly repeatable?: true;
  /** Whose data the answer of a POST holds, so that an erasure forgets it: that of `:id`, or of one who has `newId`. */
  readonly about?: 'customer' | 'new customer';
  handle(call: ApiCall): Promise<WireAnswer>;
}

/** The route with what all of them share: the role is looked at first, and a POST can be sent again. */
export function ownRoute(route: OwnRoute): ApiRoute {
  const { path, body, bodyTypes = [JSON_TYPE], role, repeatable = false, about, handle, ...rest } = route;
  return {
    ...rest,
    path: `${BASE}${path}`,
    provenance: 'own',
    section: '',
    ...(body && { body: { mediaTypes: bodyTypes, schema: body } }),
    async handle(call) {
      if (role) expectRole(call.caller, role);
      const once = rest.method === 'POST' && !rest.open && !repeatable;
      const answer = await (once ? idempotently(call, handle, about) : handle(call));
      return { ...answer, headers: { ...UNCACHED, ...answer.headers } };
    },
  };
}
