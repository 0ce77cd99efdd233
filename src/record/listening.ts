/** Whether somebody still waits for the answer: work that is in line for nobody gives its place away. */
import { AsyncLocalStorage } from 'node:async_hooks';

export interface Listener {
  /** True once nobody hears the answer any more. */
  readonly destroyed: boolean;
}

const present = new AsyncLocalStorage<Listener>();

/** Everything that `work` waits for is in line for this listener. */
export const listening = <T>(listener: Listener, work: () => T): T => present.run(listener, work);

/** Work whose result is for others as well goes on when the first who asked for it has gone. */
export const forAll = <T>(work: () => T): T => present.exit(work);

/** Who waits for what is done now; `undefined` for work that nobody may give up. */
export const listener = (): Listener | undefined => present.getStore();
