/** Flecto's credentials: an issuer whose tokens are trusted, or the opening of the tenant's public store. */
import { type CredentialForm, type CredentialValues, invalid, textOf } from '../credential-form.ts';
import { Type } from '../schema.ts';
import { storeLookup } from './public-store.ts';
import { lookupOf } from './trust-anchor.ts';

/** Longer ones are refused in a token, too (auth.ts). */
const CLAIM_MAXIMUM = 255;
/** Characters; browsers and proxies cut longer addresses off. */
const URL_MAXIMUM = 2_048;

const Url = Type.String({ maxLength: URL_MAXIMUM, pattern: '^https?:', format: 'uri' });
const Claim = Type.String({ minLength: 1, maxLength: CLAIM_MAXIMUM, format: 'line' });

const PROVIDER = ['issuer', 'audience', 'subject', 'jwksUrl'];
const PROVIDER_NEEDED = ['issuer', 'audience', 'jwksUrl'];

export const credential: CredentialForm = {
  options: {
    issuer: { description: 'the OpenID issuer', schema: Url, rule: 'must be an http or https URL' },
    audience: {
      description: 'the audience of its tokens',
      schema: Claim,
      rule: `must have 1 to ${CLAIM_MAXIMUM} characters`,
    },
    subject: {
      description: 'only tokens of this user',
      schema: Claim,
      rule: `must have 1 to ${CLAIM_MAXIMUM} characters`,
    },
    jwksUrl: {
      description: 'where the issuer publishes its keys',
      schema: Url,
      rule: 'must be an http or https URL',
      asked: true,
    },
    store: {
      description: 'open the public store of the tenant, where anybody may leave an inquiry',
      schema: Type.Boolean(),
      rule: 'must be true or false',
    },
  },

  prepare(values, tenantName) {
    if (values.store === true) {
      expectAlone(values);
      const identity = { kind: 'issuer', lookup: storeLookup(tenantName) } as const;
      return { identity, settings: { store: true }, shown: { store_id: tenantName } };
    }
    const missing = PROVIDER_NEEDED.filter(name => values[name] === undefined);
    if (missing.length > 0) {
      throw invalid(missing.map(field => ({ field, message: 'is needed, where it is no public store' })));
    }
    const subject = textOf(values, 'subject');
    const anchor = {
      issuer: textOf(values, 'issuer')!,
      audience: textOf(values, 'audience')!,
      jwksUrl: textOf(values, 'jwksUrl')!,
      ...(subject !== undefined && { subject }),
    };
    return { identity: { kind: 'issuer', lookup: lookupOf(anchor) }, settings: anchor, shown: {} };
  },
};

function expectAlone(values: CredentialValues): void {
  if (PROVIDER.every(name => values[name] === undefined)) return;
  throw invalid([{ field: 'store', message: 'goes alone: a public store asks for no token' }]);
}
