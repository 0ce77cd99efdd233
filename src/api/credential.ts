/** Credentials of every kind, made and rotated in one way, whether it is asked for by a request or by a command. */

import type { Dialect } from '../dialects/contract.ts';
import {
  type CredentialForm,
  type CredentialValues,
  invalid,
  newSecret,
  prepareCredential,
  type Shown,
  textOf,
} from '../dialects/credential-form.ts';
import { Type } from '../dialects/schema.ts';
import {
  type CredentialAdministration,
  type CredentialDraft,
  OPERATOR_ROLES,
  OWN_DIALECT,
} from '../record/access.ts';
import type { TenantId } from '../record/customer.ts';
import { ConcordError } from '../record/errors.ts';
import { faultOf } from '../record/text.ts';

/** The name stands in every row of history. In code points. */
const NAME_MAXIMUM = 100;
/** As long as an e-mail address may be. */
const LOGIN_MAXIMUM = 254;

/** Operators: a person has a login and its password, a program has a key. */
export const operatorForm: CredentialForm = {
  options: {
    login: {
      description: 'the login of a person; without one, a key for a program is made',
      schema: Type.String({ pattern: `^\\S(.{0,${LOGIN_MAXIMUM - 2}}\\S)?$`, format: 'line' }),
      rule: `must be 1 to ${LOGIN_MAXIMUM} characters, without blanks at its ends`,
    },
    role: {
      description: 'what the operator may do: look, change customers, or run the tenant',
      schema: Type.Unsafe<string>({ type: 'string', enum: [...OPERATOR_ROLES] }),
      rule: `must be one of ${OPERATOR_ROLES.join(', ')}`,
      needed: true,
    },
    reveal: {
      description: 'may see the numbers of identity documents; each look is recorded',
      schema: Type.Boolean(),
      rule: 'must be true or false',
    },
    installation: {
      description: 'may list and make tenants; for an admin only',
      schema: Type.Boolean(),
      rule: 'must be true or false',
    },
  },
  prepare(values) {
    if (values.installation === true && values.role !== 'admin') {
      throw invalid([{ field: 'installation', message: 'is for an admin only' }]);
    }
    const [secret, login] = [newSecret(), textOf(values, 'login')];
    const settings = {
      role: textOf(values, 'role')!,
      ...(values.reveal === true && { reveal: true }),
      ...(values.installation === true && { installation: true }),
    };
    return login === undefined
      ? { identity: { kind: 'key', secret }, settings, shown: { key: secret } }
      : { identity: { kind: 'password', login, secret }, settings, shown: { login, password: secret } };
  },
  renew({ kind }) {
    const secret = newSecret();
    return { secret, shown: kind === 'password' ? { password: secret } : { key: secret } };
  },
};

/** The form of a dialect's credentials, or of Concord's own. */
export const credentialFormOf = (dialects: readonly Dialect[], name: string): CredentialForm | undefined =>
  name === OWN_DIALECT ? operatorForm : dialects.find(dialect => dialect.name === name)?.credential;

export interface WantedCredential {
  /** A dialect, or `concord` for an operator. */
  readonly dialect: string;
  /** Goes to history, so it holds no personal data: such as `warehouse`. */
  readonly name: string;
  readonly options: CredentialValues;
  /** It is wanted by those who run the installation, whose own network the server may ask for it. */
  readonly inHouse?: boolean;
}

/** A credential that is checked, and not stored yet. */
export interface ReadyCredential {
  readonly draft: CredentialDraft;
  readonly shown: Shown;
  /** What the server will ask for the credential's sake: URLs by option. */
  readonly asked: Readonly<Record<string, string>>;
}

/** What is told of a new secret, this once. */
export interface IssuedSecret {
  readonly id: string;
  /** By the names that the vendor uses. */
  readonly shown: Shown;
}

/** @throws ConcordError `value-invalid` with a fault for each of `dialect`, `name` and the options that is wrong. */
export function readyCredential(
  dialects: readonly Dialect[],
  { dialect, name, options, inHouse = false }: WantedCredential,
  tenantName: string,
): ReadyCredential {
  const form = credentialFormOf(dialects, dialect);
  if (!form) throw invalid([{ field: 'dialect', message: 'must be one of those that are served here' }]);
  if (name.trim() === '' || faultOf(name, NAME_MAXIMUM) !== undefined) {
    throw invalid([{ field: 'name', message: `must be one line of 1 to ${NAME_MAXIMUM} characters` }]);
  }
  const { identity, settings, shown } = prepareCredential(form, dialect, options, tenantName);
  const asked = askedBy(form, options);
  const reach = inHouse && Object.keys(asked).length > 0 ? { inHouse } : {};
  return { draft: { ...identity, dialect, name, settings: { ...settings, ...reach } }, shown, asked };
}

const askedBy = ({ options }: CredentialForm, values: CredentialValues): Record<string, string> =>
  Object.fromEntries(
    Object.keys(options)
      .filter(name => options[name]!.asked)
      .flatMap(name => {
        const url = textOf(values, name);
        return url === undefined ? [] : [[name, url]];
      }),
  );

/** @throws ConcordError `value-taken` when the login, the issuer or the store is in use. */
export async function storeCredential(
  administration: CredentialAdministration,
  tenant: TenantId,
  { draft, shown }: ReadyCredential,
): Promise<IssuedSecret> {
  const { id } = await administration.create({ ...draft, tenant });
  return { id, shown };
}

/**
 * Gives a credential another secret; the old one goes on for `overlapSeconds`.
 *
 * @throws ConcordError `object-not-found`, `state-conflict`, `value-invalid` as the port of administration says.
 */
export async function rotateCredential(
  administration: CredentialAdministration,
  dialects: readonly Dialect[],
  tenant: { readonly id: TenantId; readonly name: string },
  id: string,
  overlapSeconds: number,
): Promise<IssuedSecret & { readonly previousExpiresAt: string }> {
  const facts = await administration.find(tenant.id, id);
  if (!facts) throw new ConcordError('object-not-found', { message: 'There is no such credential.' });
  const renewed = credentialFormOf(dialects, facts.dialect)?.renew?.(facts, tenant.name);
  if (!renewed) {
    throw new ConcordError('state-conflict', {
      message: 'This credential has no secret: its tokens come from an issuer, whose keys are rotated there.',
    });
  }
  const { secret, settings, shown } = renewed;
  const rotation = { overlapSeconds, secret, ...(settings && { settings }) };
  const { id: next, previousExpiresAt } = await administration.rotate(tenant.id, id, rotation);
  return { id: next, shown, previousExpiresAt };
}
