/** Whether somebody still waits for the answer: work that is in line for nobody gives its place away. */
import { AsyncLocalStorage } from 'node:async_hooks';

export interface Listener {
  /** True once nobody hears the answer any more. */
  readonly destroyed: boolean;
}

export interface Asked {
  readonly by: Listener;
  /** Something was done for it that more may follow from: it goes on to its end, whoever hears of it. */
  begun: boolean;
}

const present = new AsyncLocalStorage<Asked>();

/** Everything that `work` waits for is in line for this listener. */
export const listening = <T>(by: Listener, work: () => T): T => present.run({ by, begun: false }, work);

/** Work whose result is for others as well goes on when the first who asked for it has gone. */
export const forAll = <T>(work: () => T): T => present.exit(work);

/** What the present work is done for; `undefined` where it is nobody's alone. */
export const asked = (): Asked | undefined => present.getStore();

/** Whoever asked has gone, and nothing was done yet. */
export const isForNobody = (work: Asked | undefined): boolean =>
  work !== undefined && !work.begun && work.by.destroyed;
