/**
 * Requests of one tenant that name what another tenant has. Each is sent twice: with the other's value, and with one of
 * the same form that nobody has. The two answers must be the same, and nothing of the other may change or be told.
 */
import assert from 'node:assert/strict';
import type { ExampleRequest } from '../../src/dialects/conformance/examples.ts';
import { DIALECTS } from '../../src/dialects/index.ts';
import type { Json } from '../../src/record/json.ts';
import type { Answer, Concord, TestTenant } from '../support/concord.ts';
import { examplesOf } from '../support/examples.ts';
import { makeWorld } from '../support/world.ts';
import { type AnyWorld, CASES, type Case, sendAs } from './cases.ts';
import { comparable, outlineOf } from './comparable.ts';
import { differing, nameOfPlace, type Place, valueAt, withValue } from './places.ts';
import { type TenantRows, tenantRows } from './tenants.ts';

/** A request with the other tenant's value, and the same with nobody's. */
export interface Crossing {
  readonly name: string;
  readonly theirs: ExampleRequest;
  readonly nobodys: ExampleRequest;
}

export interface Crossings {
  readonly asking: TestTenant;
  readonly other: TestTenant;
  readonly rows: TenantRows;
  /** What the other tenant has, and what nobody has, for the requests of the case. */
  worldsOf(each: Case): { readonly theirs: AnyWorld; readonly nobodys: AnyWorld };
  /** Sends the requests and compares; says how many pairs. */
  expectApart(each: Case, crossings: (mine: AnyWorld) => readonly Crossing[]): Promise<number>;
  close(): Promise<void>;
}

export async function openCrossings(concord: Concord): Promise<Crossings> {
  const [asking, other, gone] = [
    await concord.tenant('asking'),
    await concord.tenant('other'),
    await concord.tenant('gone'),
  ];
  const rows = await tenantRows(concord);
  for (const [at, tenant] of [other, gone].entries()) {
    // Counters begin with the first thing of a kind.
    for (const dialect of DIALECTS) await makeWorld(concord, tenant, examplesOf(dialect));
    await rows.setApart(tenant, at + 1);
  }
  const worlds = new Map<string, { theirs: AnyWorld; nobodys: AnyWorld }>();
  for (const each of CASES) {
    if (worlds.has(each.arrangement)) continue;
    const [theirs, nobodys] = await Promise.all([each.arrange(concord, other), each.arrange(concord, gone)]);
    worlds.set(each.arrangement, { theirs, nobodys });
  }
  await rows.remove(gone);
  const worldsOf = (each: Case) => worlds.get(each.arrangement)!;
  let untouched = await rows.of(other);

  return {
    asking,
    other,
    rows,
    worldsOf,

    async expectApart(each, crossings) {
      const { headers } = asking.access[each.api];
      let mine = await each.arrange(concord, asking);
      const pairs = crossings(mine).length;
      let marks = await rows.marksOf(asking);
      /** What one request changed, the next one shall find as it was. */
      const renewed = async (): Promise<boolean> => {
        if ((await rows.marksOf(asking)) === marks) return false;
        mine = await each.arrange(concord, asking);
        marks = await rows.marksOf(asking);
        return true;
      };
      for (let at = 0; at < pairs; at += 1) {
        const place = `${each.title}, ${crossings(mine)[at]!.name}`;
        const { nobodys } = crossings(mine)[at]!;
        const expected = await sendAs(concord, each, nobodys, headers);
        const isMaking = await renewed();
        const { theirs } = crossings(mine)[at]!;
        const answer = await sendAs(concord, each, theirs, headers);
        await renewed();
        if (isMaking) assert.equal(outlineOf(answer), outlineOf(expected), place);
        else {
          const sent = [...textsOf(theirs), worldsOf(each).theirs.unique];
          const sentBefore = [...textsOf(nobodys), worldsOf(each).nobodys.unique];
          assert.equal(comparable(answer, sent), comparable(expected, sentBefore), place);
        }
        expectUntold(place, answer, theirs, worldsOf(each).theirs.unique);
      }
      const now = await rows.of(other);
      const before = untouched;
      untouched = now;
      assert.equal(now, before, `${each.title} changed something of the other tenant`);
      return pairs;
    },

    close: () => rows.close(),
  };
}

/** What the other tenant's record says comes back where the request itself said it, and nowhere else. */
function expectUntold(place: string, answer: Answer, sent: ExampleRequest, canary: string): void {
  if (JSON.stringify(sent).includes(canary)) return;
  const told = answer.text + JSON.stringify([...answer.headers]);
  assert.ok(!told.includes(canary), `${place}: the answer tells of the other tenant`);
}

/**
 * The example's request with one place after the other, and then all of them, taken from another's request: places that name
 * something, or those with a text that is merely another one, too.
 */
export function swaps(
  each: Case,
  [mine, theirs, nobodys]: readonly [AnyWorld, AnyWorld, AnyWorld],
  places: 'names' | 'names and texts',
): Crossing[] {
  const [own, their, nobody] = [mine, theirs, nobodys].map(world => each.request(world)) as [
    ExampleRequest,
    ExampleRequest,
    ExampleRequest,
  ];
  const all = differing(own, their);
  const single = all.filter(
    place => places === 'names and texts' || !String(valueAt(own, place)).includes(mine.unique),
  );
  const crossings = single.map(place => ({
    name: nameOfPlace(place),
    theirs: withValue(own, place, valueAt(their, place)!),
    nobodys: withValue(own, place, valueAt(nobody, place)!),
  }));
  // A single place that is all of them has been swapped already.
  return all.length === 1 && single.length === 1
    ? crossings
    : [...crossings, { name: 'all places', theirs: their, nobodys: nobody }];
}

/** The values of `ids` in every place of the example's request that names something, and in every parameter that it leaves out. */
export function products(
  each: Case,
  mine: AnyWorld,
  ids: readonly (readonly [theirs: Json, nobodys: Json])[],
  places: readonly Place[],
): Crossing[] {
  const own = each.request(mine);
  const unused = Object.keys(each.route.query ?? {}).filter(
    name => !(own.query ?? '').split('&').some(pair => pair.startsWith(`${name}=`)),
  );
  const withParameter = (name: string, value: Json): ExampleRequest => ({
    ...own,
    query: [own.query, `${name}=${encodeURIComponent(String(value))}`].filter(Boolean).join('&'),
  });
  return ids.flatMap(([theirs, nobodys]) => [
    ...places.map(place => ({
      name: `${nameOfPlace(place)} ${theirs}`,
      theirs: withValue(own, place, theirs),
      nobodys: withValue(own, place, nobodys),
    })),
    ...unused.map(name => ({
      name: `?${name}=${theirs}`,
      theirs: withParameter(name, theirs),
      nobodys: withParameter(name, nobodys),
    })),
  ]);
}

function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(textsOf);
  if (typeof value === 'number') return String(value).length >= SHORTEST ? [String(value)] : [];
  return typeof value === 'string' && value.length >= SHORTEST ? [value, ...value.split('&')] : [];
}

/** Shorter texts of a request stand in every answer by chance. */
const SHORTEST = 6;
