/** The envelope of every success (connectfi.md §2.1 [seed]). */
import type { WireAnswer, WireRequest } from '../contract.ts';
import { requestIdOf } from './errors.ts';

/** The code is a text, and the keys stand in this order. */
export const success = (request: WireRequest, data: object): WireAnswer => ({
  status: 200,
  body: { code: '0', data, requestId: requestIdOf(request) },
});
