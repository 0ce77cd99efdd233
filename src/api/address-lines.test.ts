import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { link } from '../dialects/conformance/generate.ts';
import { type Address, emptyAddress } from '../record/address.ts';
import { addressLines } from './address-lines.ts';

const lines = (address: Partial<Address>) => addressLines({ ...emptyAddress(), ...address });

describe('the lines of an envelope', () => {
  it('are in the order of the country', () => {
    const place = { contactName: 'Ada Sample', company: 'Works', line1: '1 Main Street', line2: 'Floor 2' };
    assert.deepEqual(
      lines({ ...place, city: 'Harrisburg', region: 'PA', postalCode: '17101', country: 'US' }),
      ['Ada Sample', 'Works', '1 Main Street', 'Floor 2', 'Harrisburg, PA 17101', 'United States of America'],
    );
    assert.deepEqual(lines({ line1: 'Kai 2', city: 'Bremen', postalCode: '28195', country: 'DE' }), [
      'Kai 2',
      '28195 Bremen',
      'Germany',
    ]);
    assert.deepEqual(
      lines({
        company: '株式会社',
        line1: '丸の内1-1',
        city: '千代田区',
        region: '東京都',
        postalCode: '100-0005',
        country: 'JP',
      }),
      ['〒100-0005', '東京都', '千代田区', '丸の内1-1', '株式会社', 'Japan'],
    );
    assert.deepEqual(lines({ city: 'Rapture', postalCode: 'X1', countryText: 'Atlantis' }), [
      'X1 Rapture',
      'Atlantis',
    ]);
    assert.deepEqual(lines({}), []);
  });

  it('lose no part that leads to the door', () => {
    fc.assert(
      fc.property(link, ({ address }) => {
        const text = addressLines(address).join('\n');
        for (const key of ['line1', 'line2', 'locality', 'city', 'postalCode', 'company'] as const) {
          const part = address[key];
          // An uppercase city is the same city: some countries write it so.
          if (part !== null)
            assert.ok(text.toUpperCase().includes(part.toUpperCase()), `${key} in ${address.country}`);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
