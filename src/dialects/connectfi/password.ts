/** connectFi's change of the logged-in user's own password (connectfi.md §1.4 [docs]). */
import type { Call, Route, WireAnswer } from '../contract.ts';
import { changePassword, loginOf } from '../login.ts';
import { Type } from '../schema.ts';
import { success } from './answer.ts';
import { Confirmation } from './answers.ts';
import { userNotFound, wrongOldPassword } from './errors.ts';
import { MEDIA_TYPES, readBody } from './request.ts';
import { CLOSED, commonPassword, compile } from './schemas.ts';
import { DIALECT } from './wire.ts';

/** The printed pattern with the asterisks that its page lost, and like it without anchors (§1.4 [derived]). */
const STRONG = '(?=.*[0-9])(?=.*[!@#$%^&*])(?=.*[a-z])(?=.*[A-Z])[0-9a-zA-Z!@#$%^&*]{8,}';

const ChangePassword = Type.Object(
  {
    oldPassword: commonPassword,
    newPassword: Type.String({ minLength: 8, maxLength: 50, pattern: STRONG, format: 'line' }),
  },
  CLOSED,
);
const checkChangePassword = compile(ChangePassword);

export const userRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/user/change-password',
    operation: 'Change User Password',
    group: 'User',
    provenance: 'docs',
    section: 'connectfi.md §1.4',
    body: { mediaTypes: MEDIA_TYPES, schema: ChangePassword },
    answers: { 200: Confirmation },
    handle: change,
  },
];

/** Tokens that were issued before stay [convention]. */
async function change({ request, caller, services }: Call): Promise<WireAnswer> {
  const { oldPassword, newPassword } = readBody(request, checkChangePassword);
  const login = loginOf(caller);
  if (login === undefined) throw userNotFound();
  const changed = await changePassword(services, DIALECT, caller, login, oldPassword, newPassword);
  if (!changed) throw wrongOldPassword(login);
  return success(request, { status: true });
}
