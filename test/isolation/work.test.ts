/**
 * How long an answer takes must not tell whether another tenant has what was named: the server does the same work for it as
 * for what nobody has. Counted in statements and rows, which a busy machine does not change.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DEMO_PASSWORD } from '../../src/cli/demo/access.ts';
import type { ExampleRequest } from '../../src/dialects/conformance/examples.ts';
import type { Json } from '../../src/record/json.ts';
import { CASES, CLOSED_CASES, sendAs } from './cases.ts';
import { type Crossings, openCrossings, swaps } from './crossings.ts';
import { startWired, type Wired } from './wired.ts';

const WRONG_PASSWORD = 'Wrong-password-1!';

const NAMING = CLOSED_CASES.filter(({ route }) => route.path.includes(':'));
/** Open routes whose schema has a password. */
const LOGINS = CASES.filter(
  ({ route }) => route.open && JSON.stringify(route.body?.schema ?? {}).includes('"password"'),
);

/** A password costs 25 ms, so that this is half a second; a login is closed for a minute after ten. */
const LOGIN_ROUNDS = 8;
/** Without the same hashing on both sides the ratio is beyond 5. */
const WORK_RATIO_MAXIMUM = 1.6;

describe('the work for another tenant’s ids', () => {
  let concord: Wired;
  let crossings: Crossings;
  before(async () => {
    concord = await startWired();
    crossings = await openCrossings(concord);
  });
  after(async () => {
    await crossings?.close();
    await concord?.stop();
  });

  /** What the server had done for one request. */
  async function workOf(work: () => Promise<unknown>): Promise<string> {
    const { passed } = concord.wire;
    const [from, rows] = [passed.statements.length, passed.rows];
    await work();
    // When a credential was last used is written by and by, whatever was asked.
    const statements = passed.statements.slice(from).filter(sql => !sql.includes('last_used_at'));
    return `${passed.rows - rows} rows of\n${statements.map(sql => sql.replaceAll(/\s+/g, ' ')).join('\n')}`;
  }

  for (const each of NAMING) {
    it(`${each.title}: is that for ids that nobody has`, async () => {
      const { headers } = crossings.asking.access[each.api];
      const { theirs, nobodys } = crossings.worldsOf(each);
      let mine = await each.arrange(concord, crossings.asking);
      let marks = await crossings.rows.marksOf(crossings.asking);
      const made = () => swaps(each, [mine, theirs, nobodys], 'names');
      const send = (request: ExampleRequest) => sendAs(concord, each, request, headers);
      /** What a request changed would be other work for the next one. */
      const renew = async () => {
        if ((await crossings.rows.marksOf(crossings.asking)) === marks) return;
        mine = await each.arrange(concord, crossings.asking);
        marks = await crossings.rows.marksOf(crossings.asking);
      };
      // Let in once, so that the credentials are known.
      await send(each.request(nobodys));
      await renew();
      for (const at of made().keys()) {
        const expected = await workOf(() => send(made()[at]!.nobodys));
        await renew();
        const work = await workOf(() => send(made()[at]!.theirs));
        await renew();
        assert.equal(work, expected, made()[at]!.name);
      }
    });
  }

  for (const each of LOGINS) {
    it(`${each.title}: a wrong password costs as much for an unknown login as for a known one`, async () => {
      const { theirs, nobodys } = crossings.worldsOf(each);
      const wrong = (request: ExampleRequest, round: number): ExampleRequest => ({
        ...request,
        body: JSON.parse(
          JSON.stringify(request.body).replaceAll(DEMO_PASSWORD, `${WRONG_PASSWORD}${round}`),
        ) as Json,
      });
      const spent = { known: 0, unknown: 0 };
      const statements = new Set<string>();
      // Taken in turns, so that both meet the same machine; other passwords, so that none is remembered.
      for (let round = 0; round < LOGIN_ROUNDS; round += 1) {
        for (const [who, world] of [['known', theirs] as const, ['unknown', nobodys] as const]) {
          const from = process.cpuUsage();
          const work = await workOf(async () => {
            const answer = await sendAs(concord, each, wrong(each.request(world), round), {});
            assert.equal(answer.status, 401, answer.text);
          });
          // A known login is a row that is found; what is asked is the same.
          statements.add(work.replace(/^\d+ rows/, ''));
          const { user, system } = process.cpuUsage(from);
          spent[who] += user + system;
        }
      }
      assert.equal(statements.size, 1, [...statements].join('\n'));
      const ratio = spent.known / spent.unknown;
      assert.ok(ratio > 1 / WORK_RATIO_MAXIMUM && ratio < WORK_RATIO_MAXIMUM, `${ratio}`);
    });
  }

  it('knows the routes that take a password', () => assert.ok(LOGINS.length >= 3));
});
