/** connectFi's refusals as schemas, by status (connectfi.md §2.2–§2.4). */
import type { Answers } from '../contract.ts';
import { type TSchema, Type } from '../schema.ts';
import { requestId } from './answers.ts';
import { REFUSALS } from './errors.ts';
import { CLOSED } from './schemas.ts';

const text = Type.String();

interface Parts {
  readonly context?: TSchema;
  readonly message?: TSchema;
}

/** §2.2 [docs]. */
const refusal = (code: string, parts: Parts): TSchema =>
  Type.Object({ requestId, code: Type.Literal(code), ...parts }, CLOSED);

const Entry = Type.Object(
  {
    instancePath: text,
    schemaPath: text,
    keyword: text,
    params: Type.Object({}, { additionalProperties: true }),
    message: text,
  },
  CLOSED,
);

const texts = (...names: string[]): TSchema =>
  Type.Object(Object.fromEntries(names.map(name => [name, text])), CLOSED);

/** The contexts of business errors by code (§2.4, §4). */
const CONTEXTS: Readonly<Record<string, TSchema>> = {
  customerNotFound: texts('customerId'),
  referenceExists: Type.Object({ reference: text, entityId: Type.Optional(text) }, CLOSED),
  customerExists: Type.Object({ cFiAggregatorId: text, customerId: Type.Optional(text) }, CLOSED),
  invalidField: Type.Object(
    { customerId: text, customerType: text, fields: Type.Array(text, { minItems: 1 }) },
    CLOSED,
  ),
  businessRepresentativeNotFound: texts('customerId', 'id'),
  wrongCustomerType: texts('customerId', 'customerType'),
  employeeExists: texts('companyId', 'employeeId'),
  employeeNotFound: texts('companyId', 'employeeId'),
  greaterMaximumNumberOfRecords: Type.Object({ maxNumberOfRecords: Type.Integer() }, CLOSED),
};

/** Business errors that have a message alone. */
const WITHOUT_CONTEXT = ['customerArchived', 'wrongOldPassword', 'userNotFound'];

/** Errors of the protocol have one code for each status. */
const protocolErrors = Object.values(REFUSALS).flatMap(({ status = 400, code, message = '' }) =>
  status === 400 ? [] : [[status, refusal(code, { message: Type.Literal(message) })] as const],
);

export const refusals: Answers = {
  400: Type.Union([
    refusal('requestValidateError', { context: Type.Array(Entry) }),
    ...Object.entries(CONTEXTS).map(([code, context]) => refusal(code, { context, message: text })),
    ...WITHOUT_CONTEXT.map(code => refusal(code, { message: text })),
  ]),
  ...Object.fromEntries(protocolErrors),
};
