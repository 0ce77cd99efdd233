/** A bounded cache: what was not used for longest goes first, and nothing stays longer than its time. */

import { forAll } from '../record/listening.ts';

export interface Cache<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  clear(): void;
}

export function openCache<Value>(entriesMaximum: number, lifetimeMs: number): Cache<Value> {
  const entries = new Map<string, { readonly value: Value; readonly until: number }>();
  return {
    get(key) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      entries.delete(key);
      if (entry.until <= performance.now()) return undefined;
      // A Map keeps the order of insertion, so the one just used goes to the end.
      entries.set(key, entry);
      return entry.value;
    },
    set(key, value) {
      entries.delete(key);
      entries.set(key, { value, until: performance.now() + lifetimeMs });
      if (entries.size > entriesMaximum) entries.delete(entries.keys().next().value!);
    },
    clear: () => entries.clear(),
  };
}

/** Callers who ask the same thing at the same time share one answer. */
export function openSharing<Value>(): (key: string, work: () => Promise<Value>) => Promise<Value> {
  const running = new Map<string, Promise<Value>>();
  return (key, work) => {
    const present = running.get(key);
    if (present) return present;
    const started = forAll(work).finally(() => running.delete(key));
    running.set(key, started);
    return started;
  };
}
