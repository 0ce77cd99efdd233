/** Finds the acts that set what a path of the API's record names, in the record's own paths. */

interface Act {
  readonly sequence: number;
}

export interface Acts<Of extends Act> {
  readonly act: Of;
  /** Names of the fields that it set, the last segments of their paths. */
  readonly names: readonly string[];
}

/** Of a whole entry the newest ones: who wants more opens the history. */
const ACTS_MAXIMUM = 3;
/** Set with the entry by the server: they say nothing of their own. */
const SILENT = new Set(['id', 'number', 'rank', 'e164', 'createdAt', 'kind']);

/** The API has the place and how a customer has it in one object, the record keeps them apart. */
const OF_THE_LINK = new Set(['label', 'main', 'roles', 'rank']);

export function recordPath(path: string): string {
  const match = /^(.*addresses\/[^/]+)\/([^/]+)$/.exec(path);
  return match && !OF_THE_LINK.has(match[2]!) ? `${match[1]}/address/${match[2]}` : path;
}

/** Newest first: one act for a field, several for an entry. */
export function actsAt<Of extends Act>(fields: Readonly<Record<string, Of>>, path: string): Acts<Of>[] {
  const wanted = recordPath(path);
  const exact = fields[wanted];
  if (exact) return [{ act: exact, names: [] }];
  const inside = Object.entries(fields).filter(([field]) => isOwn(field, wanted));
  if (inside.length === 0) {
    const above = wanted.slice(0, Math.max(0, wanted.lastIndexOf('/')));
    return above !== '' && fields[above] ? [{ act: fields[above], names: [] }] : [];
  }
  const acts = new Map<number, { act: Of; names: string[] }>();
  for (const [field, act] of inside) {
    const name = field.slice(field.lastIndexOf('/') + 1);
    const known = acts.get(act.sequence) ?? { act, names: [] };
    if (!SILENT.has(name)) known.names.push(name);
    acts.set(act.sequence, known);
  }
  const told = [...acts.values()].filter(({ names }) => names.length > 0);
  return (told.length > 0 ? told : [...acts.values()])
    .sort((a, b) => b.act.sequence - a.act.sequence)
    .slice(0, ACTS_MAXIMUM);
}

/** Lists within a representative are told by their own entries. */
function isOwn(field: string, entry: string): boolean {
  if (!field.startsWith(`${entry}/`)) return false;
  const rest = field.slice(entry.length + 1);
  return !/^(contactPoints|identityDocuments|addresses)\//.test(rest) && !rest.startsWith('phrasings');
}
