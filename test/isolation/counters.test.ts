/**
 * What a tenant is answered does not depend on what another has or does: every read is answered the same, to the byte, before
 * and after another tenant has grown, been read, used up its limits and lost its customers.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { OWN_DIALECT } from '../../src/record/access.ts';
import { type Answer, type Concord, startConcord, type TestTenant } from '../support/concord.ts';
import { type AnyWorld, type Case, CLOSED_CASES, sendAs } from './cases.ts';

/** As many requests as no vendor's limit lets through at once. */
const MANY_REQUESTS = 120;

/** Of the moment, and of the request itself. */
const PASSING_HEADERS = new Set(['date', 'x-request-id', 'content-length']);

/** Their answers tell when the credential was last used, which each request changes, or hold the look that was just recorded. */
const TELLS_OF_ITSELF = new Set(['List credentials', 'List reveals']);

const READS = CLOSED_CASES.filter(
  ({ route }) =>
    route.method === 'GET' && !route.path.endsWith('/delete') && !TELLS_OF_ITSELF.has(route.operation),
);

describe('what another tenant does', () => {
  let concord: Concord;
  let asking: TestTenant;
  const worlds = new Map<string, AnyWorld>();
  const answers = new Map<Case, string>();
  before(async () => {
    concord = await startConcord();
    asking = await concord.tenant('asking');
    for (const each of READS) {
      if (!worlds.has(each.arrangement)) worlds.set(each.arrangement, await each.arrange(concord, asking));
    }
    for (const each of READS) answers.set(each, await read(each));
    await beBusy(concord.harbor);
  });
  after(() => concord?.stop());

  async function read(each: Case): Promise<string> {
    const request = each.request(worlds.get(each.arrangement)!);
    return told(await sendAs(concord, each, request, asking.access[each.api].headers));
  }

  /** Creates, changes and removes through every route that there is, several times over, and asks too often. */
  async function beBusy(other: TestTenant): Promise<void> {
    for (const each of CLOSED_CASES) {
      const world = await each.arrange(concord, other);
      await sendAs(concord, each, each.request(world), other.access[each.api].headers);
    }
  }

  for (const each of READS) {
    it(`${each.title}: is answered the same afterwards`, async () => {
      assert.equal(await read(each), answers.get(each));
    });
  }
});

describe('requests of another tenant', () => {
  let concord: Concord;
  before(async () => {
    concord = await startConcord({ rateLimits: true });
  });
  after(() => concord?.stop());

  const limited = CLOSED_CASES.filter(
    ({ api, route, arrangement }) =>
      api !== OWN_DIALECT && route.method === 'GET' && !arrangement.includes(', reading, '),
  );
  const [first] = limited;
  for (const each of new Map(limited.map(one => [one.api, one])).values()) {
    it(`are not counted towards the limits of ${each.api}`, async () => {
      const [busy, asking] = [concord.harbor, concord.meadow];
      const mine = each.request(await each.arrange(concord, asking));
      const theirs = each.request(await each.arrange(concord, busy));
      const send = (tenant: TestTenant) =>
        sendAs(concord, each, tenant === busy ? theirs : mine, tenant.access[each.api].headers);
      const before = told(await send(asking));
      // The vendor counts its own requests: two a second at most, so the own one that is compared comes later.
      const statuses = await Promise.all(
        Array.from({ length: MANY_REQUESTS }, async () => (await send(busy)).status),
      );
      assert.equal(
        told(await send(asking)),
        before,
        `${statuses.filter(status => status === 429).length} were refused`,
      );
    });
  }

  it('are limited at all, where the vendor says so', () => assert.ok(first));
});

const told = ({ status, headers, text }: Answer): string =>
  [
    status,
    ...[...headers].filter(([name]) => !PASSING_HEADERS.has(name)).map(pair => pair.join(': ')),
    OF_THE_INSTALLATION.reduce((whole, pattern) => whole.replaceAll(pattern, ''), text),
  ].join('\n');

/**
 * The id of the request, which some answers have in the body; and the place in the feed of changes where nothing more of the
 * tenant's own comes: it is one of the whole database, and grows with the transactions of all.
 */
const OF_THE_INSTALLATION = [/"requestId":"[^"]*"/g, /"cursor":"\d+-0"/g];
