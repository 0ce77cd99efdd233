/** What `concord credential create` is asked for, checked: a credential that could never let anybody in is not made. */
import type { DialectName } from '../dialects/contract.ts';
import { faultOf } from '../record/text.ts';
import { ConfigurationError } from './configuration.ts';
import type { StoreOptions } from './options.ts';

export interface CredentialOptions extends StoreOptions {
  readonly tenant: string;
  readonly dialect: DialectName;
  readonly name: string;
  readonly login?: string;
  readonly issuer?: string;
  readonly audience?: string;
  readonly subject?: string;
  readonly jwksUrl?: string;
  readonly store?: boolean;
  readonly tier?: string;
  readonly json?: boolean;
}

type Special = 'login' | 'issuer' | 'audience' | 'subject' | 'jwksUrl' | 'store' | 'tier';

/** The options that mean something to one dialect, and how the command line spells them. */
const SPELLINGS: Readonly<Record<Special, string>> = {
  login: '--login',
  issuer: '--issuer',
  audience: '--audience',
  subject: '--subject',
  jwksUrl: '--jwks-url',
  store: '--store',
  tier: '--tier',
};

const OPTIONS: Readonly<Record<DialectName, readonly Special[]>> = {
  flecto: ['issuer', 'audience', 'subject', 'jwksUrl', 'store'],
  flexportal: ['tier'],
  lightening: ['login'],
  connectfi: ['login'],
  billbee: ['login'],
};

/** The name stands in every row of history. */
const NAME_MAXIMUM = 100;
/** Longer ones are refused in a token, too (src/dialects/flecto). */
const CLAIM_MAXIMUM = 255;

const LOGINS: Partial<Record<DialectName, { readonly pattern: RegExp; readonly rule: string }>> = {
  connectfi: { pattern: /^[0-9a-zA-Z_]{1,36}$/, rule: '1 to 36 letters, digits and underscores' },
  // HTTP Basic ends the login at the first colon (RFC 7617 §2).
  billbee: { pattern: /^[^:]{1,254}$/, rule: 'an e-mail address or another text without a colon' },
  lightening: { pattern: /^\S(.{0,252}\S)?$/, rule: '1 to 254 characters' },
};

/** @throws ConfigurationError */
export function expectUsable(options: CredentialOptions): void {
  const { dialect, name, login } = options;
  if (name.trim() === '' || faultOf(name, NAME_MAXIMUM) !== undefined) {
    throw new ConfigurationError(`--name must be one line of 1 to ${NAME_MAXIMUM} characters.`);
  }
  for (const option of Object.keys(SPELLINGS) as Special[]) {
    if (options[option] !== undefined && !OPTIONS[dialect].includes(option)) {
      throw new ConfigurationError(`${SPELLINGS[option]} says nothing in ${dialect}.`);
    }
  }
  const rule = LOGINS[dialect];
  if (login !== undefined && rule && (!rule.pattern.test(login) || faultOf(login) !== undefined)) {
    throw new ConfigurationError(`--login must be ${rule.rule}.`);
  }
  if (dialect === 'flecto') expectProvider(options);
}

function expectProvider({ store, issuer, audience, subject, jwksUrl }: CredentialOptions): void {
  const provider = [issuer, audience, subject, jwksUrl];
  if (store) {
    if (provider.some(each => each !== undefined)) {
      throw new ConfigurationError('--store goes alone: a public store asks for no token.');
    }
    return;
  }
  if (!issuer || !audience || !jwksUrl) {
    throw new ConfigurationError('flecto needs --issuer, --audience and --jwks-url, or --store.');
  }
  for (const [option, url] of [
    ['--issuer', issuer],
    ['--jwks-url', jwksUrl],
  ] as const) {
    if (!/^https?:$/.test(URL.parse(url)?.protocol ?? '')) {
      throw new ConfigurationError(`${option} must be an http or https URL.`);
    }
  }
  if (subject !== undefined && (subject === '' || subject.length > CLAIM_MAXIMUM)) {
    throw new ConfigurationError(`--subject must have 1 to ${CLAIM_MAXIMUM} characters.`);
  }
}
