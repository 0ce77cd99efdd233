/** Refusals that several of connectFi's operations have in common (connectfi.md §2.3, §2.4). */
import { newId } from '../../record/identifier.ts';
import type { Json } from '../../record/json.ts';
import type { ExampleFailure, World } from '../conformance/examples.ts';
import { customerIdOf } from './identifiers.ts';

export const individualId = ({ individual }: World): string => customerIdOf(individual);
export const businessId = ({ business }: World): string => customerIdOf(business);
export const archivedId = ({ archived }: World): string => customerIdOf(archived);

/** Well-formed, and nobody's. */
export const UNKNOWN = customerIdOf({ id: newId(), kind: 'individual' });
export const UNKNOWN_BUSINESS = customerIdOf({ id: newId(), kind: 'business' });

export const refused = (code: string, context?: Json) => ({
  status: 400,
  body: { code, ...(context !== undefined && { context }) },
});

/** The first failure of the schema: where, and of which keyword. */
export const invalid = (instancePath: string, keyword: string) =>
  refused('requestValidateError', [{ instancePath, keyword }]);

export const unknownToken: ExampleFailure = {
  name: 'an unknown token',
  request: () => ({ params: { customerId: UNKNOWN }, headers: { 'x-connectfi-token': 'unknown' } }),
  status: 401,
  body: { code: 'unauthorized', message: 'Authentication error' },
};

/** Of every operation that reads a body. */
export const bodyFailures: readonly ExampleFailure[] = [
  {
    name: 'a body that is no JSON',
    request: () => ({ body: '{', headers: { 'content-type': 'application/json' } }),
    ...refused('requestValidateError', []),
  },
  {
    name: 'an empty body',
    request: () => ({ body: '', headers: { 'content-type': 'application/json' } }),
    ...refused('requestValidateError', []),
  },
  {
    name: 'another media type',
    request: () => ({ body: '{}', headers: { 'content-type': 'text/plain' } }),
    status: 415,
    body: { code: 'unsupportedMediaType' },
  },
];
