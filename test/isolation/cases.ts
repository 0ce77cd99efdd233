/** Every route of every API with its example, in one shape: those of the dialects, and Concord's own. */
import { concord as ownApi } from '../../src/api/index.ts';
import type { ExampleRequest, World } from '../../src/dialects/conformance/examples.ts';
import type { CredentialSpace, Route } from '../../src/dialects/contract.ts';
import { OWN_DIALECT } from '../../src/record/access.ts';
import {
  API_EXAMPLES,
  type ApiWorld,
  apiRequest,
  makeApiWorld,
  nameOfApiRoute,
} from '../support/api-examples.ts';
import { type Answer, type Concord, send, type TestTenant } from '../support/concord.ts';
import { examplesOf, SUBJECTS, sendBefore, urlOf } from '../support/examples.ts';
import { makeWorld } from '../support/world.ts';

/** What a request names; `unique` is in all of its texts and nowhere else. */
export type AnyWorld = World | ApiWorld;

export interface Case {
  /** Whose route it is. */
  readonly api: CredentialSpace;
  readonly route: Route<never>;
  readonly title: string;
  /** Of cases that can do with one and the same arrangement, as long as nothing changes it. */
  readonly arrangement: string;
  /** Something of the tenant's that the request can name, and what has to come before the request. */
  arrange(concord: Concord, tenant: TestTenant): Promise<AnyWorld>;
  request(world: AnyWorld): ExampleRequest;
  /** Requests that are refused, by what is wrong with them. */
  readonly failures: readonly { readonly name: string; request(world: AnyWorld): ExampleRequest }[];
}

/** What one tenant wrote with another's texts, it would find by them. */
const kindOf = ({ method }: Pick<Route, 'method'>): string => (method === 'GET' ? 'reading' : 'writing');

const dialectCases: readonly Case[] = SUBJECTS.map(subject => ({
  api: subject.dialect.name,
  route: subject.route as Route<never>,
  title: `${subject.dialect.title} ${subject.route.method} ${subject.route.path} (${subject.route.operation})`,
  arrangement: [subject.dialect.name, kindOf(subject.route), ...(subject.example.after ?? [])].join(', '),
  async arrange(concord, tenant) {
    const world = await makeWorld(concord, tenant, examplesOf(subject.dialect));
    await sendBefore(concord, tenant, subject, world);
    return world;
  },
  request: world => subject.example.request(world as World),
  failures: subject.example.failures.map(({ name, request }) => ({
    name,
    request: world => request(world as World),
  })),
}));

const ownCases: readonly Case[] = ownApi.routes.map(route => {
  const name = nameOfApiRoute(route);
  const example = API_EXAMPLES[name];
  if (!example) throw new Error(`Concord: "${name}" has no example.`);
  return {
    api: OWN_DIALECT,
    route: route as Route<never>,
    title: `Concord ${route.method} ${route.path}`,
    arrangement: [OWN_DIALECT, kindOf(route)].join(', '),
    arrange: makeApiWorld,
    request: world => apiRequest(example, world as ApiWorld),
    failures: [],
  };
});

export const CASES: readonly Case[] = [...dialectCases, ...ownCases];
/** Those that ask for credentials. */
export const CLOSED_CASES: readonly Case[] = CASES.filter(({ route }) => !route.open);

/** As whoever has the credentials; they win over those that a request brings from a login. */
export function sendAs(
  { origin }: Pick<Concord, 'origin'>,
  { route }: Pick<Case, 'route'>,
  request: ExampleRequest,
  credentials: Readonly<Record<string, string | undefined>>,
): Promise<Answer> {
  const named = lowerCased(credentials);
  const rest = Object.entries(lowerCased(request.headers ?? {})).filter(([name]) => !(name in named));
  return send(
    `${origin}${urlOf(route, request)}`,
    route.method,
    {},
    {
      ...(request.body !== undefined && { body: request.body }),
      headers: { ...Object.fromEntries(rest), ...named },
    },
  );
}

const lowerCased = <T>(headers: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
