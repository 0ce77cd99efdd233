/** Who may give and take which rights: nobody gains more than they have, and a tenant keeps somebody who runs it. */
import type { Caller, Dialect } from '../dialects/contract.ts';
import { invalid } from '../dialects/credential-form.ts';
import { isInside } from '../dialects/public-host.ts';
import { OWN_DIALECT, operatorRightsOf, type StandingAdmin } from '../record/access.ts';
import { ConcordError } from '../record/errors.ts';
import type { Json } from '../record/json.ts';
import { expectInstallation, expectReveal, expectRole, rightsOf } from './auth.ts';

interface Granted {
  readonly dialect: string;
  readonly settings: Readonly<Record<string, Json>>;
}

/**
 * For making and rotating, which show the secret, and for revoking: whoever took a right from the last who has it could
 * not be asked to give it back.
 *
 * @throws ConcordError `forbidden` when the credential has, or is to have, a right of an operator that the caller lacks.
 */
export function expectNoMoreRights(caller: Caller, { dialect, settings }: Granted): void {
  const rights = dialect === OWN_DIALECT ? operatorRightsOf(settings) : undefined;
  if (!rights) return;
  expectRole(caller, rights.role);
  if (rights.reveal) expectReveal(caller);
  if (rights.installation) expectInstallation(caller);
}

/** @throws ConcordError `forbidden` when the credential's clients are shown what the caller may not see. */
export function expectNoMoreSight(caller: Caller, dialects: readonly Dialect[], name: string): void {
  const dialect = dialects.find(each => each.name === name);
  if (!dialect?.showsDocumentNumbers || rightsOf(caller).reveal) return;
  throw new ConcordError('forbidden', {
    message:
      `Clients of ${dialect.title} read the numbers of identity documents, and no look is recorded: ` +
      'making or rotating such a credential needs the right to reveal identity documents.',
  });
}

/**
 * What a tenant makes the server ask is asked from within the server's network, so it is https and out in the internet.
 *
 * @throws ConcordError `value-invalid` for a URL that is not https; `forbidden` for a host of the server's own network,
 * unless the caller runs the installation.
 */
export async function expectReach(caller: Caller, asked: Readonly<Record<string, string>>): Promise<void> {
  for (const [field, text] of Object.entries(asked)) {
    const url = URL.parse(text);
    if (url?.protocol !== 'https:') throw invalid([{ field, message: 'must be an https URL' }]);
    if (!rightsOf(caller).installation && (await isInside(url))) {
      throw new ConcordError('forbidden', {
        message:
          'The URL is of the server’s own network: naming such a one needs the right to administer the installation.',
      });
    }
  }
}

/**
 * `admins` are those of the tenant that still count.
 *
 * @throws ConcordError `state-conflict` when the credential is that of the last one.
 */
export function expectOtherAdmin(admins: readonly StandingAdmin[], id: string): void {
  const ending = admins.filter(each => each.id === id || each.replacedBy === id);
  if (ending.length > 0 && ending.length === admins.length) {
    throw new ConcordError('state-conflict', {
      message: 'This is the last administrator: nobody could make another one.',
      context: { rule: 'last-admin' },
    });
  }
}
