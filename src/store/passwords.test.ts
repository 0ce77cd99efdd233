import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hashPassword, spendVerification, verifyPassword } from './passwords.ts';

describe('passwords', () => {
  test('are stored as argon2id with the parameters that OWASP names', async () => {
    const verifier = await hashPassword('s3cret');
    assert.match(verifier, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    assert.equal(await verifyPassword('s3cret', verifier), true);
    assert.equal(await verifyPassword('s3creT', verifier), false);
    assert.equal(await verifyPassword('s3cret', '$argon2id$v=19$m=99999999,t=2,p=1$AAAA$AAAA'), false);
    assert.notEqual(await hashPassword('s3cret'), verifier, 'with a salt of its own');
  });

  test('are refused when too many wait, and verified again afterwards, of unknown logins too', async () => {
    const many = Array.from({ length: 130 }, () => hashPassword('s3cret'));
    await assert.rejects(spendVerification('s3cret'), { code: 'too-busy', retryAfterSeconds: 1 });
    await Promise.all(many);
    assert.equal(await spendVerification('s3cret'), false);
  });
});
