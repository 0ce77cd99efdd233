import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type CredentialValues, optionsSchema } from '../dialects/credential-form.ts';
import { DIALECTS } from '../dialects/index.ts';
import { ajv } from '../dialects/schema.ts';
import { operatorRightsOf } from '../record/access.ts';
import { ConcordError } from '../record/errors.ts';
import { credentialFormOf, readyCredential } from './credential.ts';

const ready = (dialect: string, options: CredentialValues, name = 'n') =>
  readyCredential(DIALECTS, { dialect, name, options }, 'harbor');

function faultsOf(work: () => unknown): string[] {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof ConcordError);
    assert.equal(error.code, 'value-invalid');
    return error.faults.map(({ field, message }) => `${field} ${message}`);
  }
  return [];
}

const PROVIDER = { issuer: 'https://id.example', audience: 'a', jwksUrl: 'https://id.example/keys' };

/** For each form what makes a credential, and the labels of what is shown. */
const GOOD: readonly [string, CredentialValues, readonly string[]][] = [
  ['flecto', PROVIDER, []],
  ['flecto', { ...PROVIDER, subject: 's' }, []],
  ['flecto', { store: true }, ['store_id']],
  ['flexportal', {}, ['API key', 'Tenant-ID']],
  ['flexportal', { tier: 'growth' }, ['API key', 'Tenant-ID']],
  ['lightening', {}, ['token']],
  ['lightening', { login: 'ada' }, ['username', 'password']],
  ['connectfi', { login: 'ada_1' }, ['login', 'password']],
  ['billbee', { login: 'ada@example.test' }, ['X-Billbee-Api-Key', 'username', 'password']],
  ['concord', { role: 'viewer' }, ['key']],
  ['concord', { role: 'admin', login: 'ada', reveal: true, installation: true }, ['login', 'password']],
];

const BAD: readonly [string, CredentialValues, RegExp][] = [
  ['flecto', {}, /^issuer is needed.*audience is needed.*jwksUrl is needed/],
  ['flecto', { ...PROVIDER, store: true }, /^store goes alone/],
  ['flecto', { ...PROVIDER, jwksUrl: 'file:///x' }, /^jwksUrl must be an http or https URL/],
  ['flecto', { ...PROVIDER, subject: 'x'.repeat(256) }, /^subject must have 1 to 255/],
  ['flecto', { ...PROVIDER, login: 'x' }, /^login says nothing in flecto/],
  ['flexportal', { tier: 'huge' }, /^tier must be one of starter, growth, enterprise/],
  ['lightening', { login: ' ada' }, /^login must be/],
  ['connectfi', {}, /^login is needed for connectfi/],
  ['connectfi', { login: 'ada@example.test' }, /^login must be 1 to 36/],
  ['billbee', { login: 'a:b' }, /^login must be an e-mail address/],
  ['billbee', { login: 'a\u0000b' }, /^login must be/],
  ['concord', {}, /^role is needed/],
  ['concord', { role: 'owner' }, /^role must be one of viewer, editor, admin/],
  ['concord', { role: 'editor', installation: true }, /^installation is for an admin only/],
  ['concord', { role: 'editor', reveal: 'yes' }, /^reveal must be true or false/],
  ['nonsense', {}, /^dialect must be one of/],
];

describe('credential forms', () => {
  for (const [dialect, options, labels] of GOOD) {
    test(`${dialect} takes ${JSON.stringify(options)}, as its schema says`, () => {
      const { draft, shown } = ready(dialect, options);
      assert.deepEqual(Object.keys(shown), labels);
      assert.equal(draft.dialect, dialect);
      const valid = ajv().compile(optionsSchema(credentialFormOf(DIALECTS, dialect)!));
      assert.ok(valid(options), JSON.stringify(valid.errors));
      for (const value of Object.values(draft.settings ?? {}))
        assert.ok(!Object.values(shown).includes(String(value)), 'what is shown once is not kept');
    });
  }

  for (const [dialect, options, expected] of BAD) {
    test(`${dialect} refuses ${JSON.stringify(options).slice(0, 60)}`, () => {
      assert.match(faultsOf(() => ready(dialect, options)).join('; '), expected);
    });
  }

  test('no two secrets are the same, made or renewed', () => {
    for (const dialect of ['flexportal', 'lightening', 'connectfi', 'billbee', 'concord']) {
      const renew = credentialFormOf(DIALECTS, dialect)!.renew!;
      const [one, two] = [renew({ kind: 'key' }, 'harbor'), renew({ kind: 'key' }, 'harbor')];
      assert.notEqual(one.secret, two.secret);
      assert.ok(Object.values(one.shown).includes(one.secret));
      assert.ok(Buffer.from(one.secret, 'base64url').length >= 32);
    }
    assert.equal(credentialFormOf(DIALECTS, 'flecto')!.renew, undefined);
  });

  test('a name is one line', () => {
    for (const name of ['', ' ', 'a\nb', 'x'.repeat(101)])
      assert.match(faultsOf(() => ready('flexportal', {}, name)).join(), /^name must be one line/);
  });
});

describe('the rights of an operator', () => {
  test('are none without a role, and reach beyond the tenant for an admin only', () => {
    assert.equal(operatorRightsOf({}), undefined);
    assert.equal(operatorRightsOf({ role: 'root', reveal: true }), undefined);
    assert.deepEqual(operatorRightsOf({ role: 'editor', reveal: 'yes', installation: true }), {
      role: 'editor',
      reveal: false,
      installation: false,
    });
    assert.deepEqual(operatorRightsOf({ role: 'admin', reveal: true, installation: true }), {
      role: 'admin',
      reveal: true,
      installation: true,
    });
  });
});
