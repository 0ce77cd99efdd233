/** What a dialect's credential is made of: what one must say to get one, and what its client is told, once. */
import { randomBytes } from 'node:crypto';
import type { CredentialFacts, CredentialIdentity } from '../record/access.ts';
import { ConcordError, type Fault } from '../record/errors.ts';
import type { Json } from '../record/json.ts';
import { type TSchema, Type, validatorOf } from './schema.ts';

/** A thing to say about a new credential, such as its login. */
export interface CredentialOption {
  /** What it is for, in a few words. */
  readonly description: string;
  readonly schema: TSchema;
  /** What a value must be, to follow its name in a sentence: `must be an http or https URL`. */
  readonly rule: string;
  /** Without it there is no credential. */
  readonly needed?: true;
  /** It is a URL that the server itself asks for the credential's sake. */
  readonly asked?: true;
}

export type CredentialValues = Readonly<Record<string, Json>>;

/** What the client is told, by the names that its vendor uses. Secrets are among it: it is shown once. */
export type Shown = Readonly<Record<string, string>>;

export interface PreparedCredential {
  readonly identity: CredentialIdentity;
  readonly settings: Readonly<Record<string, Json>>;
  readonly shown: Shown;
}

/** The secret of a credential that is rotated, and what goes with it. */
export interface RenewedSecret {
  readonly secret: string;
  /** Laid over the settings that the credential has. */
  readonly settings?: Readonly<Record<string, Json>>;
  /** The login is not among it: only its hash is kept. */
  readonly shown: Shown;
}

export interface CredentialForm {
  readonly options: Readonly<Record<string, CredentialOption>>;
  /**
   * The values fit the options already; see `prepareCredential`.
   *
   * @throws ConcordError `value-invalid` for values that do not go together, with a fault for each.
   */
  prepare(values: CredentialValues, tenantName: string): PreparedCredential;
  /** Absent where no credential has a secret. */
  renew?(credential: Pick<CredentialFacts, 'kind'>, tenantName: string): RenewedSecret;
}

/** 256 bits, as the store's own secrets. */
const SECRET_BYTES = 32;

export const newSecret = (): string => randomBytes(SECRET_BYTES).toString('base64url');

/** The options of a form as one schema: for a document, or for a page that asks for them. */
export const optionsSchema = ({ options }: CredentialForm): TSchema =>
  Type.Object(
    Object.fromEntries(
      Object.entries(options).map(([name, { schema, description, needed }]) => {
        const described = { ...schema, description } as TSchema;
        return [name, needed ? described : Type.Optional(described)];
      }),
    ),
    { additionalProperties: false },
  );

/**
 * Checks what was said and makes a credential of it, which is not stored yet.
 *
 * @throws ConcordError `value-invalid` with a fault for each option, whose message follows the option's name. `where`
 * names the form in it, such as `flexportal`.
 */
export function prepareCredential(
  form: CredentialForm,
  where: string,
  values: CredentialValues,
  tenantName: string,
): PreparedCredential {
  const faults: Fault[] = [];
  for (const name of Object.keys(values)) {
    if (!Object.hasOwn(form.options, name)) faults.push({ field: name, message: `says nothing in ${where}` });
  }
  for (const [name, { schema, rule, needed }] of Object.entries(form.options)) {
    const value = values[name];
    if (value === undefined) {
      if (needed) faults.push({ field: name, message: `is needed for ${where}` });
    } else if (!isOf(schema, value)) faults.push({ field: name, message: rule });
  }
  if (faults.length > 0) throw invalid(faults);
  return form.prepare(values, tenantName);
}

export const invalid = (faults: readonly Fault[]): ConcordError =>
  new ConcordError('value-invalid', {
    message: `The credential cannot be made: ${faults.map(fault => `${fault.field} ${fault.message}`).join('; ')}.`,
    faults,
  });

const isOf = (schema: TSchema, value: Json): boolean => validatorOf(schema)(value).length === 0;

/** A text among the values; the options have seen to it that it is one. */
export function textOf(values: CredentialValues, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}
