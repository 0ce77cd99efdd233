/** Which customers a list is of, in what order and from where, as the query says it. */
import { Type } from '../dialects/schema.ts';
import type { CustomerFilter, CustomerOrder } from '../record/customers.ts';
import { isUuid } from '../record/identifier.ts';
import { cursorKey, limitOf } from './pagination.ts';
import { Choice, Cursor, Limit } from './schemas/values.ts';

export const FILTER_PARAMETERS = {
  kind: Choice(['individual', 'business']),
  status: Choice(['active', 'inactive']),
  archived: Choice(['true', 'false']),
  country: Type.String({
    pattern: '^[A-Z]{2}$',
    description: 'ISO 3166-1 alpha-2. Any address of the customer is there.',
  }),
  createdThrough: Type.String({
    pattern: '^[a-z]{1,50}$',
    description: 'The API through which the customer was made: a dialect, or `concord`.',
  }),
};

const ORDERS = {
  number: { by: 'number' },
  '-number': { by: 'number', descending: true },
  name: { by: 'name' },
  '-name': { by: 'name', descending: true },
  createdAt: { by: 'createdAt' },
  '-createdAt': { by: 'createdAt', descending: true },
} as const satisfies Readonly<Record<string, CustomerOrder>>;

export const LIST_PARAMETERS = {
  limit: Limit,
  cursor: Cursor,
  ...FILTER_PARAMETERS,
  sort: Type.Unsafe<keyof typeof ORDERS>({
    type: 'string',
    enum: Object.keys(ORDERS),
    description: 'A minus sign turns the order round; `number` when absent.',
  }),
};

type Given<Parameters> = { readonly [Name in keyof Parameters]?: string };

export function filterOf(query: Given<typeof FILTER_PARAMETERS>): CustomerFilter {
  const { kind, status, archived, country, createdThrough } = query;
  return {
    ...(kind !== undefined && { kind: kind as 'individual' | 'business' }),
    ...(status !== undefined && { status: status as 'active' | 'inactive' }),
    ...(archived !== undefined && { archived: archived === 'true' }),
    ...(country !== undefined && { country }),
    ...(createdThrough !== undefined && { createdThrough }),
  };
}

/** @throws ConcordError `request-invalid` for a limit out of range, or a cursor that is none. */
export function listQueryOf(query: Given<typeof LIST_PARAMETERS>) {
  const { cursor, sort = 'number' } = query;
  return {
    filter: filterOf(query),
    order: ORDERS[sort as keyof typeof ORDERS],
    limit: limitOf(query.limit),
    ...(cursor !== undefined && { after: cursorKey(cursor, isUuid) }),
  };
}
