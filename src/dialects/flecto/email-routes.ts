/** Flecto's check of an e-mail address, with what can be said without sending anything (flecto.md §4). */
import { isEmail } from '../../record/email.ts';
import { faultOf, lengthOf } from '../../record/text.ts';
import type { Call, Route, WireAnswer } from '../contract.ts';
import { Type } from '../schema.ts';
import { oneDocument } from './answers.ts';
import { answer, compose, identifier } from './document.ts';
import { expectNoFaults, fault, readParameters, readQuery } from './query.ts';
import { parametersOf, type QueryShape } from './query-shape.ts';
import { EMAIL_VALIDATION, membersOf } from './resource-schemas.ts';
import { EMAIL_VALIDATION_TYPE, TEXT_MAXIMUM } from './wire.ts';

const ONE: QueryShape = { fields: { [EMAIL_VALIDATION_TYPE]: membersOf(EMAIL_VALIDATION) } };

export const emailRoutes: readonly Route[] = [
  {
    group: 'Integrations - Email Validate',
    provenance: 'convention',
    section: 'flecto.md §4',
    method: 'GET',
    path: '/api/integrations/email_validate',
    operation: 'Validation email',
    query: { email: Type.String({ minLength: 1, maxLength: TEXT_MAXIMUM }), ...parametersOf(ONE) },
    queryRequired: ['email'],
    answers: { 200: oneDocument(EMAIL_VALIDATION) },
    handle: validateEmail,
  },
];

/** An address that is none is an answer, not an error; only a parameter that is missing is. */
async function validateEmail(call: Call): Promise<WireAnswer> {
  const query = readQuery(call.request, ONE);
  const email = readEmail(call);
  const valid = isEmail(email) && faultOf(email) === undefined;
  const known = valid && (await call.services.customers.count(call.caller.tenant, { email })) > 0;
  const normalized = valid ? normalize(email) : null;
  return answer(
    call,
    200,
    compose(query, {
      ...identifier(EMAIL_VALIDATION_TYPE, normalized ?? email),
      attributes: { email, valid, normalized_email: normalized, known_customer: known },
    }),
  );
}

function readEmail(call: Call): string {
  const [email = '', ...more] = readParameters(call.request).get('email') ?? [];
  const rule =
    email === ''
      ? 'required'
      : more.length > 0
        ? 'given-twice'
        : lengthOf(email) > TEXT_MAXIMUM
          ? 'too-long'
          : undefined;
  if (rule !== undefined) expectNoFaults([fault('email', rule)]);
  return email;
}

/** RFC 5321 §2.4: the domain is the same in any case; the part before it is the receiver's business, and stays. */
const normalize = (email: string): string => {
  const at = email.lastIndexOf('@');
  return email.slice(0, at) + email.slice(at).toLowerCase();
};
