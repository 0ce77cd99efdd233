/** The examples of all dialects, and how one of them is sent. */
import type { Example, ExampleRequest, Examples, World } from '../../src/dialects/conformance/examples.ts';
import type { Dialect, Route } from '../../src/dialects/contract.ts';
import { DIALECTS } from '../../src/dialects/index.ts';
import type { Answer, Concord, TestTenant } from './concord.ts';

const EXAMPLES: readonly Examples[] = await Promise.all(
  DIALECTS.map(async ({ name }) => {
    const module = (await import(`../../src/dialects/${name}/examples.ts`)) as { examples: Examples };
    return module.examples;
  }),
);

export const examplesOf = (dialect: Dialect): Examples => {
  const found = EXAMPLES.find(each => each.dialect === dialect.name);
  if (!found) throw new Error(`There are no examples of ${dialect.name}.`);
  return found;
};

export interface Subject {
  readonly dialect: Dialect;
  readonly route: Route;
  readonly example: Example;
}

/** Every route of every dialect with its example. @throws Error for a route without one. */
export const SUBJECTS: readonly Subject[] = DIALECTS.flatMap(dialect =>
  dialect.routes.map(route => {
    const example = examplesOf(dialect).operations[route.operation];
    if (!example) throw new Error(`${dialect.title}: "${route.operation}" has no example.`);
    if (example.failures.length === 0)
      throw new Error(`${dialect.title}: "${route.operation}" has no failure.`);
    return { dialect, route, example };
  }),
);

export const urlOf = (
  route: Pick<Route, 'path' | 'operation'>,
  { params = {}, query }: ExampleRequest,
): string => {
  const path = route.path.replaceAll(/:(\w+)/g, (_match, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`"${route.operation}": the example does not name ${name}.`);
    return encodeURIComponent(value);
  });
  return query === undefined ? path : `${path}?${query}`;
};

/** Sends the request with the tenant's credentials; `headers` of undefined take one away. */
export function sendExample(
  concord: Concord,
  tenant: TestTenant,
  { dialect, route }: Pick<Subject, 'dialect' | 'route'>,
  request: ExampleRequest,
  headers: Readonly<Record<string, string | undefined>> = {},
): Promise<Answer> {
  return concord.send(tenant, dialect.name, route.method, urlOf(route, request), {
    ...(request.body !== undefined && { body: request.body }),
    headers: { ...request.headers, ...headers },
  });
}

/** Sends what has to come before the example. */
export async function sendBefore(
  concord: Concord,
  tenant: TestTenant,
  { dialect, example }: Subject,
  world: World,
): Promise<void> {
  for (const operation of example.after ?? []) {
    const before = SUBJECTS.find(each => each.dialect === dialect && each.route.operation === operation);
    if (!before) throw new Error(`${dialect.title}: there is no operation "${operation}".`);
    const answer = await sendExample(concord, tenant, before, before.example.request(world));
    if (answer.status >= 400) throw new Error(`"${operation}" came before and failed: ${answer.text}`);
  }
}
