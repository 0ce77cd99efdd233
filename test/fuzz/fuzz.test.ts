/**
 * Fuzzed requests over all routes: mutated from the valid examples by schema. None may give a 5xx or take over a second, no
 * refusal may change anything, and every answer is what the OpenAPI document says.
 *
 * Cases come in batches, each with a tenant of its own, so that a batch plays the same way again:
 * `FUZZ_SEED=… FUZZ_CASE=… npm run test:file -- test/fuzz/fuzz.test.ts` repeats a failing case with all before it in its batch.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { seededRandom } from '../../src/cli/demo/random.ts';
import type { World } from '../../src/dialects/conformance/examples.ts';
import { DIALECTS } from '../../src/dialects/index.ts';
import { type Answer, type Concord, startConcord, type TestTenant } from '../support/concord.ts';
import { examplesOf, SUBJECTS, type Subject } from '../support/examples.ts';
import { type StateReader, stateReader } from '../support/state.ts';
import { makeWorld } from '../support/world.ts';
import { type FuzzedRequest, mutate } from './mutate.ts';

const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 50_000);
/** The same every day, so that a change is judged by itself; another one explores. */
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_124);
const ONLY = process.env.FUZZ_CASE === undefined ? undefined : Number(process.env.FUZZ_CASE);

const BATCH = 500;
/** Batches under way at once; with fewer, two cores wait for each other. */
const WORKERS = 8;
const LATENCY_MAXIMUM_MS = 1_000;
/** Apart, so that the cases of neighbouring seeds are not alike. */
const STRIDE = 1_000_003;

describe('fuzzed requests', () => {
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

  it(`${REQUESTS} of them, seed ${SEED}: no 5xx, none over ${LATENCY_MAXIMUM_MS} ms, no change on a refusal`, async () => {
    const batches = Math.ceil(REQUESTS / BATCH);
    const wanted =
      ONLY === undefined ? Array.from({ length: batches }, (_, at) => at) : [Math.floor(ONLY / BATCH)];
    const counts = { sent: 0, refused: 0 };
    await Promise.all(
      Array.from({ length: WORKERS }, async () => {
        for (let batch = wanted.shift(); batch !== undefined; batch = wanted.shift())
          await play(batch, counts);
      }),
    );
    console.log(`${counts.sent} requests, ${counts.refused} of them refused`);
    // A fuzzer whose requests are all refused, or all taken, tests little.
    if (ONLY === undefined) {
      assert.equal(counts.sent, batches * BATCH);
      assert.ok(
        counts.refused > counts.sent * 0.2 && counts.refused < counts.sent * 0.9,
        String(counts.refused),
      );
    }
  });

  async function play(batch: number, counts: { sent: number; refused: number }): Promise<void> {
    const tenant = await concord.tenant(`fuzz-${batch}-batch`);
    const worlds = new Map<string, World>();
    for (const dialect of DIALECTS)
      worlds.set(dialect.name, await makeWorld(concord, tenant, examplesOf(dialect)));
    let known = await state.of(tenant.id);
    const last = ONLY ?? Number.POSITIVE_INFINITY;
    for (let number = batch * BATCH; number < (batch + 1) * BATCH && number <= last; number += 1) {
      const random = seededRandom(SEED + number * STRIDE);
      const subject = random.pick(SUBJECTS);
      const world = worlds.get(subject.dialect.name)!;
      const { example, route } = subject;
      const base = random.chance(85) ? example.request : random.pick(example.failures).request;
      const request = mutate(route, base(world), random);
      const started = performance.now();
      let answer: Answer;
      try {
        answer = await sendFuzzed(tenant, subject, request);
      } catch (error) {
        throw new Error(
          `${nameOf(number, subject)}: ${(error as Error).message}\n${describeRequest(request)}`,
        );
      }
      const milliseconds = performance.now() - started;
      counts.sent += 1;
      const now = await state.of(tenant.id);
      const refused = answer.status >= 400 || (answer.json?.result === false && !isDeletion(answer));
      const told = `${nameOf(number, subject)}: ${answer.status} ${answer.text.slice(0, 500)}\n${describeRequest(request)}`;
      assert.ok(answer.status < 500, told);
      assert.ok(milliseconds <= LATENCY_MAXIMUM_MS, `${Math.round(milliseconds)} ms, ${told}`);
      if (refused) {
        counts.refused += 1;
        assert.equal(now, known, `a refusal changed something: ${told}`);
      }
      known = now;
    }
  }

  /** A deletion that worked says `result: false` too (lightening.md §4.5 [seed]). */
  const isDeletion = (answer: Answer): boolean =>
    answer.json?.msg === 'Entity has been successfully deleted.';

  function sendFuzzed(
    tenant: TestTenant,
    { dialect, route }: Subject,
    request: FuzzedRequest,
  ): Promise<Answer> {
    const path = route.path.replaceAll(/:(\w+)/g, (_match, name: string) => request.params[name] ?? '');
    const url = request.query === undefined ? path : `${path}?${request.query}`;
    return concord.send(tenant, dialect.name, route.method, url, {
      ...(request.body !== undefined && route.method !== 'GET' && { body: request.body }),
      headers: request.headers,
    });
  }

  const nameOf = (number: number, { dialect, route }: Subject): string =>
    `FUZZ_SEED=${SEED} FUZZ_CASE=${number}, ${dialect.title} "${route.operation}"`;

  const describeRequest = ({ params, query, body, headers }: FuzzedRequest): string =>
    JSON.stringify({
      params,
      query,
      body: typeof body === 'string' ? body.slice(0, 2_000) : body && [...body],
      headers,
    });
});
