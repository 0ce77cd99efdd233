import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { customer as anyCustomer } from '../dialects/conformance/generate.ts';
import { DIALECTS } from '../dialects/index.ts';
import { isIdOf, keysIn } from './identifiers.ts';

describe('ids', () => {
  for (const dialect of DIALECTS) {
    it(`of ${dialect.title} lead to the customer who has them`, () => {
      fc.assert(
        fc.property(anyCustomer, customer => {
          const id = dialect.customerId(customer);
          const key = dialect.customerKey(id);
          assert.ok(key && ('id' in key ? key.id === customer.id : 'number' in key), id);
          if ('number' in key) assert.equal(key.number, customer.number);
          assert.ok(keysIn(id, DIALECTS).length > 0);
          assert.ok(isIdOf(customer, id, DIALECTS));
        }),
      );
    });
  }

  it('are in no other text', () => {
    for (const text of ['', 'Ada', 'cust_', 'cstap_!', '0', '4294967296', '1.5', '-1', 'cust_0', '٣']) {
      const names = keysIn(text, DIALECTS).filter(key => !('id' in key && /^[0-]+$/.test(key.id)));
      assert.deepEqual(names, [], text);
    }
  });
});
