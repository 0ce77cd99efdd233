/** `docs/coverage.md`: each operation of each vendor, what vouches for it, and what tests it; made of routes, examples and the vendors' own lists. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dialect, Provenance } from '../../src/dialects/contract.ts';
import { DIALECTS } from '../../src/dialects/index.ts';
import { SUBJECTS, type Subject } from '../support/examples.ts';

export const PAGE = join(import.meta.dirname, '../../docs/coverage.md');

/** One operation as the vendor lists it; `provenance` is that of the method and of the path. */
interface ListedOperation {
  readonly group: string;
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly provenance: readonly [Provenance, Provenance];
}

interface Surface {
  readonly operations: readonly ListedOperation[];
  /** Groups that are not answered, and why. */
  readonly gaps: readonly { readonly groups: readonly string[]; readonly reason: string }[];
}

export const surfaceOf = ({ name }: Dialect): Surface =>
  JSON.parse(
    readFileSync(join(import.meta.dirname, '../../src/dialects', name, 'fixtures/surface.json'), 'utf8'),
  ) as Surface;

const keyOf = (method: string, path: string): string =>
  `${method} ${path.replaceAll(/:(\w+)/g, '{}').replaceAll(/\{\w+\}/g, '{}')}`;

export const answeredBy = (dialect: Dialect, { method, path }: ListedOperation): boolean =>
  dialect.routes.some(route => keyOf(route.method, route.path) === keyOf(method, path));

/** Operations that no route answers and that no gap gives a reason for. */
export const unexplained = (dialect: Dialect): ListedOperation[] => {
  const { operations, gaps } = surfaceOf(dialect);
  const explained = new Set(gaps.flatMap(gap => gap.groups));
  return operations.filter(each => !answeredBy(dialect, each) && !explained.has(each.group));
};

/** Reasons for groups that are answered, or that the vendor does not have: a stale excuse. */
export const staleGaps = (dialect: Dialect): string[] => {
  const { operations, gaps } = surfaceOf(dialect);
  return gaps
    .flatMap(gap => gap.groups)
    .filter(group => {
      const inGroup = operations.filter(each => each.group === group);
      return inGroup.length === 0 || inGroup.some(each => answeredBy(dialect, each));
    });
};

const STRANGERS = {
  refused: 'refused',
  empty: 'sees nothing',
  own: 'works on its own',
} as const;

export function coveragePage(): string {
  const sections = DIALECTS.map(dialect => section(dialect));
  return `# Coverage

Every operation of each vendor's customer area, made by \`npm run coverage-page\` from the route tables, the examples and the
vendors' own lists of operations (\`src/dialects/*/fixtures/surface.json\`). A test fails when this page is not what they give, when a
route has no refusal or cross-tenant test, and when an operation is missing without a reason.

Provenance is that of method and path: **seed** a document that was given, **docs** a public page of the vendor, **convention** a decision of
Concord where nothing public says it. Beside the tests named here, each route is sent without credentials, with wrong ones and with those of
the other dialects; each answer in each test is held against the OpenAPI document; and the fuzzer mutates each example.

${sections.join('\n')}`;
}

function section(dialect: Dialect): string {
  const rows = SUBJECTS.filter(subject => subject.dialect === dialect).map(row);
  const { operations, gaps } = surfaceOf(dialect);
  const missing = gaps.map(({ groups, reason }) => {
    const count = operations.filter(each => groups.includes(each.group)).length;
    return `- ${groups.join(', ')} (${count} operations). ${reason}\n`;
  });
  return `## ${dialect.title}

${dialect.routes.length} operations answered.

| Operation | Method and path | Provenance | Specification | Success | Refusals tested | Another tenant |
| --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}

${missing.length === 0 ? 'Nothing that the vendor publishes of this area is missing.\n' : `Not answered, and why:\n\n${missing.join('')}`}`;
}

function row({ route, example }: Subject): string {
  const refusals = example.failures.map(({ status, name }) => `${status} ${name}`).join('; ');
  const stranger = route.open ? 'no credentials' : STRANGERS[example.stranger ?? 'refused'];
  const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
  return `| ${route.operation} | \`${route.method} ${path}\` | ${route.provenance} | ${route.section} | ${example.status} | ${refusals} | ${stranger} |`;
}
