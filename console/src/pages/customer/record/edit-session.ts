/**
 * Saving edits of one customer, one after the other. Each is a merge patch on the record as it is; where it changed meanwhile the
 * edit is merged, and where both changed the same it asks. It lives longer than the page, so that leaving the page loses nothing.
 */
import type { Tagged } from '../../../api/client.ts';
import type { Change } from '../../../api/customer.ts';
import { isProblem, ProblemError } from '../../../api/problem.ts';
import type { Drafts } from './drafts.ts';
import { mergeRecord } from './merge-record.ts';
import { faultsById, patchBetween } from './record-patch.ts';
import { type Conflict, type Side, same } from './three-way.ts';
import type { Customer } from './types.ts';

/** Both changed the same fields. `answer` with a side for each path, or with nothing: then the edit stays a draft. */
export interface Question {
  readonly conflicts: readonly Conflict[];
  readonly base: Customer;
  readonly mine: Customer;
  readonly theirs: Customer;
  answer(choices: Readonly<Record<string, Side>> | undefined): void;
}

export interface Refusal {
  readonly error: unknown;
  /** Messages by path: `addresses/<id>/city`. */
  readonly faults: Readonly<Record<string, string>>;
}

interface State {
  readonly busy: readonly string[];
  readonly refusals: Readonly<Record<string, Refusal>>;
  readonly question: Question | undefined;
}

/** What the page lends; the latest one counts. */
export interface Hands {
  present(): Tagged<Customer>;
  /** The record as the server has it now. */
  fetch(): Promise<Tagged<Customer>>;
  patch(change: Change): Promise<Tagged<Customer>>;
  /** Others changed these paths meanwhile; nothing was in the way. */
  merged(taken: readonly string[], record: Customer): void;
}

export class EditSession {
  readonly drafts: Drafts;
  hands: Hands;
  #state: State = { busy: [], refusals: {}, question: undefined };
  #queue: Promise<unknown> = Promise.resolve();
  readonly #listeners = new Set<() => void>();

  constructor(drafts: Drafts, hands: Hands) {
    this.drafts = drafts;
    this.hands = hands;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  state = (): State => this.#state;

  /** Saves `edit` of the record that the draft was begun on, or of the present one. `true` when it is saved. */
  save(path: string, edit: (base: Customer) => Customer): Promise<boolean> {
    if (this.#state.busy.includes(path)) return Promise.resolve(false);
    const { [path]: _before, ...refusals } = this.#state.refusals;
    this.#set({ busy: [...this.#state.busy, path], refusals });
    this.drafts.change(path, { sent: true });
    const saved = this.#queue.then(() => this.#save(path, edit));
    this.#queue = saved;
    return saved;
  }

  forgetRefusal(path: string): void {
    const { [path]: _before, ...refusals } = this.#state.refusals;
    this.#set({ refusals });
  }

  async #save(path: string, edit: (base: Customer) => Customer): Promise<boolean> {
    let wanted: Customer | undefined;
    try {
      const base = this.drafts.base(path)?.body ?? this.hands.present().body;
      const saved = await this.#merge(base, edit(base), this.hands.present(), now => {
        wanted = now;
      });
      if (saved) this.drafts.end(path);
      else this.drafts.change(path, { sent: false });
      return saved;
    } catch (error) {
      this.drafts.change(path, { sent: false });
      const faults = error instanceof ProblemError && wanted ? faultsById(error.errors, wanted) : {};
      this.#set({ refusals: { ...this.#state.refusals, [path]: { error, faults } } });
      return false;
    } finally {
      this.#set({ busy: this.#state.busy.filter(each => each !== path) });
    }
  }

  async #merge(
    base: Customer,
    mine: Customer,
    theirs: Tagged<Customer>,
    about: (wanted: Customer) => void,
  ): Promise<boolean> {
    const { conflicts, taken, ...merge } = mergeRecord(base, mine, theirs.body);
    let { merged } = merge;
    if (conflicts.length > 0) {
      const choices = await this.#ask({ conflicts, base, mine, theirs: theirs.body });
      if (!choices) return false;
      merged = mergeRecord(base, mine, theirs.body, choices).merged;
    }
    about(merged);
    const patch = patchBetween(theirs.body, merged);
    if (Object.keys(patch).length > 0) {
      try {
        await this.hands.patch({ patch, etag: theirs.etag });
      } catch (error) {
        if (!isProblem(error, 'precondition-failed')) throw error;
        const now = await this.hands.fetch();
        // The very same record and refused all the same: asking again would never end.
        if (now.etag === theirs.etag && same(now.body, theirs.body)) throw error;
        // After a choice, what they had then is what mine was made on.
        return conflicts.length > 0
          ? this.#merge(theirs.body, merged, now, about)
          : this.#merge(base, mine, now, about);
      }
    }
    if (taken.length > 0) this.hands.merged(taken, merged);
    return true;
  }

  async #ask(about: Omit<Question, 'answer'>): Promise<Readonly<Record<string, Side>> | undefined> {
    const { promise, resolve } = Promise.withResolvers<Readonly<Record<string, Side>> | undefined>();
    this.#set({ question: { ...about, answer: resolve } });
    const choices = await promise;
    this.#set({ question: undefined });
    return choices;
  }

  #set(change: Partial<State>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
