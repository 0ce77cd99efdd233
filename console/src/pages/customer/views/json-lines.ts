/** JSON in lines, as it is shown: one for each bracket and each value, with the place of each value. */

export interface JsonLine {
  /** Levels of nesting. */
  readonly depth: number;
  /** The name before it, in objects. */
  readonly name?: string;
  /** `{`, `]`, `[]` and the like, or nothing where a value stands. */
  readonly bracket?: string;
  readonly value?: Leaf;
  /** A comma stands behind it. */
  readonly continues: boolean;
  /** JSON Pointer (RFC 6901). */
  readonly pointer: string;
}

export type Leaf = string | number | boolean | null;

export const linesOf = (body: unknown): JsonLine[] => [...lines(body, 0, '', undefined, false)];

function* lines(
  value: unknown,
  depth: number,
  pointer: string,
  name: string | undefined,
  continues: boolean,
): Generator<JsonLine> {
  const line = { depth, pointer, ...(name !== undefined && { name }) };
  if (typeof value !== 'object' || value === null) {
    yield { ...line, value: value as Leaf, continues };
    return;
  }
  const isList = Array.isArray(value);
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  const entries = Object.entries(value);
  if (entries.length === 0) {
    yield { ...line, bracket: open + close, continues };
    return;
  }
  yield { ...line, bracket: open, continues: false };
  for (const [at, [key, item]] of entries.entries()) {
    const below = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    yield* lines(item, depth + 1, below, isList ? undefined : key, at < entries.length - 1);
  }
  yield { depth, pointer: `${pointer}${close}`, bracket: close, continues };
}

/** Without members that say nothing: `null`, empty texts, lists and objects. */
export function withoutEmpty(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(withoutEmpty);
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(
    Object.entries(body)
      .map(([key, value]) => [key, withoutEmpty(value)] as const)
      .filter(([, value]) => !saysNothing(value)),
  );
}

const saysNothing = (value: unknown): boolean =>
  value === null ||
  value === '' ||
  (typeof value === 'object' && value !== null && Object.keys(value).length === 0);

/** The text of every value by its pointer, to see which changed. */
export const leavesOf = (body: unknown): ReadonlyMap<string, string> =>
  new Map(
    linesOf(body).flatMap(({ pointer, value, bracket }) =>
      bracket === undefined ? [[pointer, JSON.stringify(value)] as const] : [],
    ),
  );
