/** FlexPortal's checks of an update, all before the customer is looked for (flexportal.md §3.3 quirks 1–11). */
import type { ErrorObject } from 'ajv';
import { ConcordError, type Fault } from '../../record/errors.ts';
import { mediaType, readJsonObject } from '../body.ts';
import type { WireRequest } from '../contract.ts';
import { placeOf } from '../schema.ts';
import { type CustomerUpdate, checkCustomerUpdate } from './wire.ts';

/** @throws ConcordError `body-unreadable`, `unsupported-media-type`, `request-invalid`. */
export function readUpdate(request: WireRequest): CustomerUpdate {
  if (request.body.length === 0) {
    throw new ConcordError('body-unreadable', { message: 'A JSON body is required.' });
  }
  if (mediaType(request) !== 'application/json') {
    throw new ConcordError('unsupported-media-type', { message: 'Content-Type must be application/json.' });
  }
  const body = readJsonObject(request.body);
  const faults = checkCustomerUpdate(body).map(faultOf);
  const { customerId } = body;
  if (typeof customerId === 'string' && customerId !== '' && customerId !== request.params.customerId) {
    faults.push({ field: 'customerId', message: 'Must be the customerId of the path', code: 'custom' });
  }
  if (faults.length > 0) {
    throw new ConcordError('request-invalid', { message: 'The request body is not valid.', faults });
  }
  return body as unknown as CustomerUpdate;
}

/** The path with dots, and the issue codes of §5.1 [convention]. */
export function faultOf(error: ErrorObject): Fault {
  const field = placeOf(error).join('.');
  const { limit, allowedValues, type } = error.params as Record<string, unknown>;
  switch (error.keyword) {
    case 'required':
      return { field, message: 'Required', code: 'invalid_type' };
    case 'minLength':
      return { field, message: `Must have at least ${limit} character`, code: 'too_small' };
    case 'maxLength':
      return { field, message: `Must have at most ${limit} characters`, code: 'too_big' };
    case 'enum':
      return {
        field,
        message: `Must be one of ${(allowedValues as readonly string[]).join(', ')}`,
        code: 'invalid_enum_value',
      };
    case 'pattern':
      return { field, message: 'Must be a whole number from 1', code: 'invalid_string' };
    case 'format':
      return { field, message: 'Must be one line without control characters', code: 'invalid_string' };
    default:
      return { field, message: `Expected ${[type].flat().join(' or ')}`, code: 'invalid_type' };
  }
}
