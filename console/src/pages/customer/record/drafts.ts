/**
 * What is typed and not saved yet: kept in the tab (sessionStorage), so that neither a lost connection nor a reload takes it.
 * Each draft knows the state of the record that it was begun on, which a merge needs.
 */
import type { Tagged } from '../../../api/client.ts';
import type { Customer } from './types.ts';

export interface Draft {
  /** What the form holds. */
  readonly value: unknown;
  readonly etag: string;
  /** It was to be saved; the answer is not there yet. */
  readonly sent: boolean;
}

interface Kept {
  readonly drafts: Readonly<Record<string, Draft>>;
  readonly bases: Readonly<Record<string, Customer>>;
}

const PREFIX = 'concord.drafts.';
const NOTHING: Kept = { drafts: {}, bases: {} };

/** The drafts of one customer, by the paths of what is edited. */
export class Drafts {
  readonly #key: string;
  readonly #listeners = new Set<() => void>();
  #kept: Kept;

  /** `person` tells apart people who use the same tab after each other. */
  constructor(person: string, customerId: string) {
    const mine = `${PREFIX}${person}.`;
    this.#key = `${mine}${customerId}`;
    forgetOthers(mine);
    this.#kept = read(this.#key);
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /** Stays the same object until something changes. */
  all = (): Readonly<Record<string, Draft>> => this.#kept.drafts;

  get = (path: string): Draft | undefined => this.#kept.drafts[path];

  /** The record that the draft was begun on. */
  base(path: string): Tagged<Customer> | undefined {
    const draft = this.#kept.drafts[path];
    const body = draft && this.#kept.bases[draft.etag];
    return draft && body && { body, etag: draft.etag };
  }

  begin(path: string, value: unknown, { body, etag }: Tagged<Customer>): void {
    this.#keep({
      drafts: { ...this.#kept.drafts, [path]: { value, etag, sent: false } },
      bases: { ...this.#kept.bases, [etag]: body },
    });
  }

  change(path: string, change: Partial<Draft>): void {
    const draft = this.#kept.drafts[path];
    if (draft)
      this.#keep({ ...this.#kept, drafts: { ...this.#kept.drafts, [path]: { ...draft, ...change } } });
  }

  end(path: string): void {
    const { [path]: _ended, ...drafts } = this.#kept.drafts;
    this.#keep({ ...this.#kept, drafts });
  }

  #keep({ drafts, bases }: Kept): void {
    const needed = new Set(Object.values(drafts).map(({ etag }) => etag));
    this.#kept = {
      drafts,
      bases: Object.fromEntries(Object.entries(bases).filter(([etag]) => needed.has(etag))),
    };
    write(this.#key, this.#kept);
    for (const listener of this.#listeners) listener();
  }
}

function read(key: string): Kept {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? 'null') as Kept | null;
    return kept?.drafts && kept.bases ? kept : NOTHING;
  } catch {
    return NOTHING;
  }
}

/** A number of an identity document is not written anywhere but where it belongs. */
const MEMORY_ONLY = /(^|\/)identityDocuments\//;

/** A full or forbidden storage costs the draft at a reload, not the editing. */
function write(key: string, { drafts, bases }: Kept): void {
  const stored = Object.entries(drafts).filter(([path]) => !MEMORY_ONLY.test(path));
  try {
    if (stored.length === 0) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify({ drafts: Object.fromEntries(stored), bases }));
  } catch {
    // Kept in memory.
  }
}

function forgetOthers(mine: string): void {
  try {
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith(PREFIX) && !key.startsWith(mine)) sessionStorage.removeItem(key);
    }
  } catch {
    // There is nothing to forget.
  }
}
