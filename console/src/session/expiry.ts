/** The session ended in mid-work: requests wait here until the person has signed in again, then go on. */
import { useSyncExternalStore } from 'react';

type Waiting = (signedIn: boolean) => void;

let waiting: readonly Waiting[] = [];
const listeners = new Set<() => void>();

const setWaiting = (next: readonly Waiting[]): void => {
  waiting = next;
  for (const listener of listeners) listener();
};

/** Resolves when the person has signed in again (true) or has given up (false). */
export const signInAgain = (): Promise<boolean> =>
  new Promise(resolve => {
    setWaiting([...waiting, resolve]);
  });

export function settleExpiry(signedIn: boolean): void {
  const settled = waiting;
  setWaiting([]);
  for (const resolve of settled) resolve(signedIn);
}

export const useExpired = (): boolean =>
  useSyncExternalStore(
    listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => waiting.length > 0,
  );
