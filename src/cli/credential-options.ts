/** What a command is asked for about a new credential, and how the command line says what is wrong with it. */
import type { Shown } from '../dialects/credential-form.ts';
import { ConcordError } from '../record/errors.ts';
import type { Json } from '../record/json.ts';
import { ConfigurationError } from './configuration.ts';
import type { StoreOptions } from './options.ts';

export interface CredentialOptions extends StoreOptions {
  readonly tenant: string;
  readonly dialect: string;
  readonly name: string;
  readonly json?: boolean;
  readonly [option: string]: Json | undefined;
}

/** What every form is asked for, or none. */
const COMMON = new Set(['tenant', 'dialect', 'name', 'json', 'data']);

/** What the form of the dialect is asked for. */
export const valuesOf = (options: CredentialOptions): Record<string, Json> =>
  Object.fromEntries(
    Object.entries(options).filter(
      (entry): entry is [string, Json] => !COMMON.has(entry[0]) && entry[1] !== undefined,
    ),
  );

/** Says the first fault by the option's spelling on the command line: `--jwks-url must be …`. */
export function spelled<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const fault = error instanceof ConcordError ? error.faults[0] : undefined;
    if (!fault) throw error;
    throw new ConfigurationError(`${spellingOf(fault.field)} ${fault.message}.`);
  }
}

const spellingOf = (option: string): string =>
  `--${option.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;

/** Secrets among it are told here and nowhere else. */
export function tell(shown: Shown, json: boolean | undefined): void {
  if (json) console.log(JSON.stringify(shown));
  else for (const [name, value] of Object.entries(shown)) console.log(`${name}: ${value}`);
}
