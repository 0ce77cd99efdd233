/**
 * Tenants apart, for every route of every API, generated from the route tables and their examples: whatever of another
 * tenant a request names is answered as what nobody has, and nothing of the other changes or is told.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Concord, startConcord } from '../support/concord.ts';
import { CLOSED_CASES } from './cases.ts';
import { type Crossings, openCrossings, swaps } from './crossings.ts';

describe('another tenant’s ids', () => {
  let concord: Concord;
  let crossings: Crossings;
  before(async () => {
    concord = await startConcord();
    crossings = await openCrossings(concord);
  });
  after(async () => {
    await crossings?.close();
    await concord?.stop();
  });

  for (const each of CLOSED_CASES) {
    it(`${each.title}: are answered as ids that nobody has`, async () => {
      const { theirs, nobodys } = crossings.worldsOf(each);
      const pairs = await crossings.expectApart(each, mine => swaps(each, [mine, theirs, nobodys], 'names'));
      const names = Object.keys(each.request(theirs).params ?? {}).length > 0;
      assert.ok(pairs > 0 || !names, 'the path names something, and nothing was swapped');
    });
  }
});
