/** What one stream has heard and not sent yet. It has a bound: beyond it the stream reads what is stored instead. */
import type { FedChange } from '../record/changes.ts';
import { eventOf } from './change-event.ts';
import type { Listener } from './live-changes.ts';

const CHANGES_MAXIMUM = 1_000;
/** Characters of their texts; a change with everything in it may have a million. */
const TEXT_MAXIMUM = 4_000_000;

export interface Heard {
  readonly changes: readonly FedChange[];
  /** Behind all of them; absent before the first look. */
  readonly cursor: string | undefined;
  /** There was too much, and nothing of it is here. */
  readonly isLost: boolean;
}

export interface Backlog extends Listener {
  /** What was heard since the last time. */
  take(): Heard;
  /** Ends when something was heard, at the latest after so many milliseconds, and at once after `wake`. */
  wait(milliseconds: number): Promise<void>;
  wake(): void;
}

/** @param dialect only changes that came through it, where it is given. */
export function openBacklog(dialect?: string): Backlog {
  let [heard, size, isLost]: [FedChange[], number, boolean] = [[], 0, false];
  let cursor: string | undefined;
  let waking = Promise.withResolvers<void>();
  let isAwake = false;

  function wake(): void {
    isAwake = true;
    waking.resolve();
  }

  return {
    hear(changes, behind) {
      const mine = dialect === undefined ? changes : changes.filter(change => change.dialect === dialect);
      cursor = behind;
      if (mine.length === 0) return;
      size = mine.reduce((sum, change) => sum + eventOf(change).length, size);
      isLost ||= heard.length + mine.length > CHANGES_MAXIMUM || size > TEXT_MAXIMUM;
      heard = isLost ? [] : [...heard, ...mine];
      wake();
    },

    lose() {
      [heard, size, isLost] = [[], 0, true];
      wake();
    },

    take() {
      const taken = { changes: heard, cursor, isLost };
      [heard, size, isLost] = [[], 0, false];
      return taken;
    },

    async wait(milliseconds) {
      if (!isAwake) {
        const timer = setTimeout(waking.resolve, milliseconds);
        await waking.promise;
        clearTimeout(timer);
      }
      isAwake = false;
      waking = Promise.withResolvers<void>();
    },

    wake,
  };
}
