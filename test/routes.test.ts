/**
 * What every route of every dialect owes, generated from the route tables and the examples: it succeeds, it refuses as
 * documented and changes nothing then, another tenant reaches nothing, and nobody comes in without credentials.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { DIALECTS } from '../src/dialects/index.ts';
import type { Json } from '../src/record/json.ts';
import { type Answer, type Concord, startConcord } from './support/concord.ts';
import { examplesOf, SUBJECTS, type Subject, sendBefore, sendExample } from './support/examples.ts';
import { type StateReader, stateReader } from './support/state.ts';
import { makeWorld } from './support/world.ts';

describe('every route', () => {
  let concord: Concord;
  let state: StateReader;
  before(async () => {
    concord = await startConcord();
    state = stateReader(concord);
  });
  after(async () => {
    await state.close();
    await concord.stop();
  });

  for (const dialect of DIALECTS) {
    describe(dialect.title, () => {
      for (const subject of SUBJECTS.filter(each => each.dialect === dialect)) {
        describe(subject.route.operation, () => routeTests(subject));
      }

      it('has no example without a route', () => {
        const operations = new Set(dialect.routes.map(route => route.operation));
        const strays = Object.keys(examplesOf(dialect).operations).filter(name => !operations.has(name));
        assert.deepEqual(strays, []);
        assert.equal(operations.size, dialect.routes.length, 'two routes have one name');
      });
    });
  }

  function routeTests(subject: Subject): void {
    const { dialect, route, example } = subject;
    const examples = examplesOf(dialect);
    const changes = route.method !== 'GET' || route.path.endsWith('/delete');

    it(`succeeds with ${example.status}`, async () => {
      const world = await makeWorld(concord, concord.harbor, examples);
      await sendBefore(concord, concord.harbor, subject, world);
      const before = await state.of(concord.harbor.id);
      const answer = await sendExample(concord, concord.harbor, subject, example.request(world));
      assert.equal(answer.status, example.status, answer.text);
      if (example.body) expectMembers(answer, example.body(world));
      if (!changes || example.reads)
        assert.equal(await state.of(concord.harbor.id), before, 'it changed something');
    });

    for (const failure of example.failures) {
      it(`refuses with ${failure.status}: ${failure.name}`, async () => {
        const world = await makeWorld(concord, concord.harbor, examples);
        await sendBefore(concord, concord.harbor, subject, world);
        const before = await state.of(concord.harbor.id);
        const answer = await sendExample(concord, concord.harbor, subject, failure.request(world));
        assert.equal(answer.status, failure.status, answer.text);
        if (failure.body !== undefined) expectMembers(answer, failure.body);
        for (const [name, value] of Object.entries(failure.headers ?? {})) {
          assert.equal(answer.headers.get(name), value, name);
        }
        assert.equal(await state.of(concord.harbor.id), before, 'it changed something');
      });
    }

    if (!route.open) {
      it('lets nobody in without credentials, with another dialect’s, or with wrong ones', async () => {
        const world = await makeWorld(concord, concord.harbor, examples);
        await sendBefore(concord, concord.harbor, subject, world);
        const before = await state.of(concord.harbor.id);
        const own = Object.keys(concord.harbor.access[dialect.name].headers);
        const none = Object.fromEntries(own.map(name => [name, undefined]));
        const wrong = Object.fromEntries(own.map(name => [name, 'Bearer wrong']));
        const others = DIALECTS.filter(each => each !== dialect).map(each => ({
          ...none,
          ...concord.harbor.access[each.name].headers,
        }));
        for (const headers of [none, wrong, ...others]) {
          const answer = await sendExample(concord, concord.harbor, subject, example.request(world), headers);
          assert.equal(answer.status, 401, answer.text);
          assert.ok(!answer.text.includes(world.unique));
        }
        assert.equal(await state.of(concord.harbor.id), before, 'it changed something');
      });

      it('gives another tenant nothing, and lets it change nothing', async () => {
        const world = await makeWorld(concord, concord.harbor, examples);
        await sendBefore(concord, concord.harbor, subject, world);
        const before = await state.of(concord.harbor.id);
        // A request may carry a token of its own, from a login: the stranger has its own credentials instead.
        const theirs = concord.meadow.access[dialect.name].headers;
        const answer = await sendExample(concord, concord.meadow, subject, example.request(world), theirs);
        assert.equal(await state.of(concord.harbor.id), before, 'it changed something');
        const { stranger = 'refused' } = example;
        const refused = answer.status >= 400 || answer.json?.result === false;
        assert.equal(refused, stranger === 'refused', `${answer.status} ${answer.text}`);
        // What the stranger sent itself may come back to it; what only the record says must not.
        const sent = JSON.stringify(example.request(world));
        if (!sent.includes(world.unique)) assert.ok(!answer.text.includes(world.unique), answer.text);
      });
    }
  }
});

/** The body has these members, at every level; lists item by item. */
function expectMembers(answer: Answer, expected: Json): void {
  assert.deepEqual(partOf(answer.json, expected), expected, answer.text);
}

function partOf(whole: unknown, part: Json): unknown {
  if (Array.isArray(part) && Array.isArray(whole))
    return part.map((item, index) => partOf(whole[index], item));
  if (typeof part !== 'object' || part === null || typeof whole !== 'object' || whole === null) return whole;
  return Object.fromEntries(
    Object.entries(part as Record<string, Json>).map(([name, item]) => [
      name,
      partOf((whole as Record<string, unknown>)[name], item),
    ]),
  );
}
