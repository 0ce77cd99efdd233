import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ConfigurationError, readConfiguration } from './configuration.ts';

const DATABASE_URL = 'postgres://ada@db.example/concord';

const refusal = (environment: Record<string, string>): string => {
  try {
    readConfiguration(environment);
  } catch (error) {
    assert.ok(error instanceof ConfigurationError);
    return error.message;
  }
  throw new Error('it was taken');
};

describe('CONCORD_REPLICA_URL', () => {
  test('names none, one or several, and a comma in a password is no boundary', () => {
    const read = (text: string) => readConfiguration({ DATABASE_URL, CONCORD_REPLICA_URL: text }).replicaUrls;
    assert.deepEqual(read(''), []);
    assert.deepEqual(read('postgres://a@one/c'), ['postgres://a@one/c']);
    assert.deepEqual(read('postgres://a:x,y@one/c, postgresql://two:5433/c,'), [
      'postgres://a:x,y@one/c',
      'postgresql://two:5433/c',
    ]);
  });

  test('is refused when it is no URL or has no primary, without repeating a password', () => {
    for (const url of ['http://a:secret@one/c', 'postgres://a:secret@one,two:5433/c', 'secret']) {
      const message = refusal({ DATABASE_URL, CONCORD_REPLICA_URL: url });
      assert.match(message, /CONCORD_REPLICA_URL/);
      assert.doesNotMatch(message, /secret/);
    }
    assert.match(refusal({ CONCORD_REPLICA_URL: DATABASE_URL }), /DATABASE_URL, which is not set/);
  });
});

describe('CONCORD_POOLER', () => {
  test('is none or transaction', () => {
    const read = (text: string) => readConfiguration({ DATABASE_URL, CONCORD_POOLER: text }).pooler;
    assert.deepEqual(['', 'none', 'transaction'].map(read), [false, false, true]);
    assert.match(refusal({ DATABASE_URL, CONCORD_POOLER: 'session' }), /transaction or none/);
    assert.match(refusal({ CONCORD_POOLER: 'transaction' }), /DATABASE_URL/);
  });
});
