/**
 * Who may do what: every route of Concord's own API for everybody who might ask. A route that is not in the table fails
 * the test, and so does a refusal that changes something.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { concord as surface } from '../../src/api/index.ts';
import { type ApiRoute, BASE } from '../../src/api/route.ts';
import { OPERATOR_ROLES, type OperatorRole } from '../../src/record/access.ts';
import { bearer, type Operator, operator } from '../support/api.ts';
import {
  API_EXAMPLES,
  type ApiExample,
  type ApiWorld,
  apiRequest,
  makeApiWorld,
  nameOfApiRoute,
} from '../support/api-examples.ts';
import { type Answer, type Concord, send, startConcord } from '../support/concord.ts';
import { urlOf } from '../support/examples.ts';
import { type StateReader, stateReader } from '../support/state.ts';

describe('roles', () => {
  let concord: Concord;
  let state: StateReader;
  let everything: Record<OperatorRole, Operator>;
  let plain: Record<OperatorRole, Operator>;
  let stranger: Operator;
  before(async () => {
    concord = await startConcord();
    state = stateReader(concord);
    const all = { reveal: true, installation: true };
    const made = (wish: object) =>
      Promise.all(
        OPERATOR_ROLES.map(
          async role => [role, await operator(concord, concord.harbor, { ...wish, role })] as const,
        ),
      );
    everything = Object.fromEntries(await made(all)) as typeof everything;
    plain = Object.fromEntries(await made({})) as typeof plain;
    stranger = await operator(concord, concord.meadow, { role: 'admin', ...all });
  });
  after(async () => {
    await state.close();
    await concord.stop();
  });

  const aWorld = (): Promise<ApiWorld> => makeApiWorld(concord, concord.harbor);

  function ask(
    route: ApiRoute,
    row: ApiExample,
    world: ApiWorld,
    credentials: Readonly<Record<string, string>>,
  ): Promise<Answer> {
    const request = apiRequest(row, world);
    return send(`${concord.origin}${urlOf(route, request)}`, route.method, credentials, {
      ...(request.body !== undefined && { body: request.body }),
      ...(request.headers && { headers: request.headers }),
    });
  }

  it('know every route, and no other', () => {
    assert.deepEqual(Object.keys(API_EXAMPLES).sort(), surface.routes.map(nameOfApiRoute).sort());
  });

  for (const route of surface.routes) {
    const row = API_EXAMPLES[nameOfApiRoute(route)];
    if (!row) continue;
    const rank = (role: OperatorRole) => OPERATOR_ROLES.indexOf(role);
    const allowed = OPERATOR_ROLES.filter(
      role => row.least === 'anybody' || rank(role) >= rank(row.least as OperatorRole),
    );

    describe(nameOfApiRoute(route), () => {
      if (row.least !== 'anybody') {
        it('lets nobody in without credentials of its own', async () => {
          const world = await aWorld();
          const before = await state.of(concord.harbor.id);
          const { lightening, connectfi, flexportal, billbee } = concord.harbor.access;
          const nobodies: readonly Readonly<Record<string, string>>[] = [
            {},
            bearer('wrong'),
            { cookie: 'concord_session=wrong' },
            ...[lightening, connectfi, flexportal, billbee].map(({ headers }) => headers),
          ];
          for (const credentials of nobodies) {
            const answer = await ask(route, row, world, credentials);
            assert.deepEqual([answer.status, answer.json.code], [401, 'unauthenticated']);
            assert.ok(answer.headers.has('www-authenticate'));
          }
          assert.equal(await state.of(concord.harbor.id), before);
        });
      }

      for (const role of OPERATOR_ROLES.filter(each => !allowed.includes(each))) {
        it(`refuses one who is ${role}, whatever other rights he or she has`, async () => {
          const world = await aWorld();
          const before = await state.of(concord.harbor.id);
          const answer = await ask(route, row, world, bearer(everything[role].key));
          assert.deepEqual([answer.status, answer.json.code], [403, 'forbidden'], answer.text);
          assert.equal(await state.of(concord.harbor.id), before);
        });
      }

      if (row.rights) {
        it('refuses an administrator without the right', async () => {
          const world = await aWorld();
          const before = await state.of(concord.harbor.id);
          const answer = await ask(route, row, world, bearer(plain.admin.key));
          assert.deepEqual([answer.status, answer.json.code], [403, 'forbidden']);
          assert.equal(await state.of(concord.harbor.id), before);
        });
      }

      for (const role of allowed) {
        it(`answers one who is ${role}`, async () => {
          const who = (row.rights ? everything : plain)[role];
          const answer = await ask(route, row, await aWorld(), bearer(who.key));
          assert.equal(answer.status, row.status, answer.text);
        });
      }

      it('leads nobody into another tenant', async () => {
        const world = await aWorld();
        const before = await state.of(concord.harbor.id);
        const answer = await ask(route, row, world, bearer(stranger.key));
        assert.equal(answer.status, row.stranger, answer.text);
        const { customer } = world;
        assert.ok(!answer.text.includes(customer.id) && !answer.text.includes(`P${world.unique}`));
        if (route.path !== `${BASE}/session`) assert.equal(await state.of(concord.harbor.id), before);
      });
    });
  }
});
