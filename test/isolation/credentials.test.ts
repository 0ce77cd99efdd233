/**
 * Credentials that count no more, or never did, for every route of every API: each is refused in the vendor's way, one that
 * ended as one that never was, and nothing changes or is told.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { CredentialSpace } from '../../src/dialects/contract.ts';
import { type Answer, type Concord, startConcord } from '../support/concord.ts';
import { type AnyWorld, CLOSED_CASES, sendAs } from './cases.ts';
import { comparable } from './comparable.ts';
import { type Refused, refusedCredentials } from './credentials.ts';
import { type TenantRows, tenantRows } from './tenants.ts';

describe('credentials that count no more, or never did', () => {
  let concord: Concord;
  let rows: TenantRows;
  const refused = new Map<CredentialSpace, readonly Refused[]>();
  const worlds = new Map<string, AnyWorld>();
  before(async () => {
    concord = await startConcord();
    rows = await tenantRows(concord);
    for (const api of new Set(CLOSED_CASES.map(each => each.api))) {
      refused.set(api, await refusedCredentials(concord, concord.harbor, concord.meadow, api));
    }
    for (const each of CLOSED_CASES) {
      if (!worlds.has(each.arrangement))
        worlds.set(each.arrangement, await each.arrange(concord, concord.harbor));
    }
  });
  after(async () => {
    await rows?.close();
    await concord?.stop();
  });

  for (const each of CLOSED_CASES) {
    it(`${each.title}: let nobody in, tell nothing and change nothing`, async () => {
      const world = worlds.get(each.arrangement)!;
      const request = each.request(world);
      const before = await rows.of(concord.harbor);
      const alike = new Map<string, string>();
      for (const { name, headers, told } of refused.get(each.api)!) {
        const answer = await sendAs(concord, each, request, headers);
        expectRefused(`${each.title}, ${name}`, answer, world);
        if (!told) alike.set(name, comparable(answer, []));
      }
      assert.equal(new Set(alike.values()).size, 1, `told apart: ${JSON.stringify([...alike], null, 2)}`);
      assert.equal(await rows.of(concord.harbor), before, 'it changed something');
    });
  }

  function expectRefused(place: string, answer: Answer, { unique }: AnyWorld): void {
    assert.ok(answer.status === 401 || answer.status === 403, `${place}: ${answer.status} ${answer.text}`);
    assert.ok(!answer.text.includes(unique), `${place}: ${answer.text}`);
  }
});
