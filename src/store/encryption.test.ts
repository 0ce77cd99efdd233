import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import { openVault } from './encryption.ts';

const [old, fresh] = [
  { id: 'k1', key: randomBytes(32) },
  { id: 'k2', key: randomBytes(32) },
];

describe('encryption', () => {
  test('opens what it sealed, in its place and nowhere else', () => {
    const vault = openVault([old]);
    const sealed = vault.seal(1, 'ada', { d: '123' });
    assert.deepEqual(vault.open(1, 'ada', sealed), { d: '123' });
    assert.throws(() => vault.open(2, 'ada', sealed), { code: 'internal' });
    assert.throws(() => vault.open(1, 'eva', sealed), { code: 'internal' });
    assert.throws(() => vault.open(1, 'ada', `${sealed.slice(0, -2)}AA`), { code: 'internal' });
    assert.throws(() => vault.open(1, 'ada', ''), { code: 'internal' });
  });

  test('a new key in front seals, and the old one still opens', () => {
    const sealed = openVault([old]).seal(1, 'ada', { d: '123' });
    const rotated = openVault([fresh, old]);
    assert.deepEqual(rotated.open(1, 'ada', sealed), { d: '123' });
    assert.match(rotated.seal(1, 'ada', {}), /^v1\.k2\./);
    assert.throws(() => openVault([fresh]).open(1, 'ada', sealed), { code: 'internal' });
  });

  test('claims meet while two servers have a key in common', () => {
    const [before, during] = [openVault([old]), openVault([fresh, old])];
    assert.deepEqual(during.hashes(1, 'ssn', '123')[1], before.hashes(1, 'ssn', '123')[0]);
    assert.notDeepEqual(before.hashes(1, 'ssn', '123'), before.hashes(2, 'ssn', '123'));
  });

  test('a proof tells a key from another one of the same id', () => {
    const proof = openVault([fresh, old]).prove('k1');
    assert.ok(openVault([old]).proves(proof));
    assert.ok(!openVault([{ ...fresh, id: 'k1' }]).proves(proof));
    assert.ok(!openVault([fresh]).proves(proof));
  });

  test('does not open without usable keys', () => {
    assert.throws(() => openVault([]), { code: 'configuration-invalid' });
    assert.throws(() => openVault([{ id: 'k', key: randomBytes(16) }]), { code: 'configuration-invalid' });
    assert.throws(() => openVault([{ id: 'a.b', key: randomBytes(32) }]), { code: 'configuration-invalid' });
    assert.throws(() => openVault([old, { ...fresh, id: 'k1' }]), { code: 'configuration-invalid' });
  });
});
