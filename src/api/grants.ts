/** Who may give which rights: nobody gains more than they have, and a tenant keeps somebody who runs it. */
import type { Caller } from '../dialects/contract.ts';
import { type CredentialFacts, OWN_DIALECT, operatorRightsOf } from '../record/access.ts';
import { ConcordError } from '../record/errors.ts';
import type { Json } from '../record/json.ts';
import { expectInstallation, expectReveal, expectRole } from './auth.ts';

interface Granted {
  readonly dialect: string;
  readonly settings: Readonly<Record<string, Json>>;
}

/** @throws ConcordError `forbidden` when the credential has, or is to have, a right of an operator that the caller lacks. */
export function expectNoMoreRights(caller: Caller, { dialect, settings }: Granted): void {
  const rights = dialect === OWN_DIALECT ? operatorRightsOf(settings) : undefined;
  if (!rights) return;
  expectRole(caller, rights.role);
  if (rights.reveal) expectReveal(caller);
  if (rights.installation) expectInstallation(caller);
}

/** @throws ConcordError `state-conflict` when the credential is that of the last administrator. */
export function expectOtherAdmin(credentials: readonly CredentialFacts[], id: string, now: string): void {
  const admins = credentials.filter(each => isAdmin(each) && counts(each, now));
  const ending = admins.filter(each => each.id === id || each.replacedBy === id);
  if (ending.length > 0 && ending.length === admins.length) {
    throw new ConcordError('state-conflict', {
      message: 'This is the last administrator: nobody could make another one.',
      context: { rule: 'last-admin' },
    });
  }
}

const isAdmin = ({ dialect, settings }: CredentialFacts): boolean =>
  dialect === OWN_DIALECT && operatorRightsOf(settings)?.role === 'admin';

const counts = ({ revokedAt, expiresAt }: CredentialFacts, now: string): boolean =>
  revokedAt === null && (expiresAt === null || expiresAt > now);
