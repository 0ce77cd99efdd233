/** The metrics of all workers together, with what those counted that have ended. */
import { type MetricFamilies, type ProcessMetrics, renderSum, requestsOf } from '../../server/metrics.ts';

/** Milliseconds that a busy worker has for its answer; beyond them it is told as it was the last time. */
const PATIENCE = 1_000;

export interface Census {
  /** In the Prometheus text format; whoever asks meanwhile gets the same answer. */
  render(): Promise<string>;
  /** What a worker said when it was asked. */
  told(worker: number, families: MetricFamilies): void;
  /** Its counts stay, so that no sum ever falls; those of its last moments nobody knows. */
  lost(worker: number): void;
}

/** @param ask asks all workers that live, and answers which. */
export function openCensus(own: Pick<ProcessMetrics, 'families'>, ask: () => readonly number[]): Census {
  const known = new Map<number, MetricFamilies>();
  let ended: Promise<MetricFamilies> = Promise.resolve([]);
  let missing = new Set<number>();
  let complete = Promise.withResolvers<void>();
  let running: Promise<string> | undefined;

  async function render(): Promise<string> {
    complete = Promise.withResolvers<void>();
    missing = new Set(ask());
    const late = setTimeout(complete.resolve, PATIENCE);
    if (missing.size === 0) complete.resolve();
    await complete.promise;
    clearTimeout(late);
    return renderSum([await own.families(), ...known.values(), await ended]);
  }

  function arrived(worker: number): void {
    missing.delete(worker);
    if (missing.size === 0) complete.resolve();
  }

  return {
    render() {
      running ??= render().finally(() => {
        running = undefined;
      });
      return running;
    },

    told(worker, families) {
      known.set(worker, families);
      arrived(worker);
    },

    lost(worker) {
      const last = known.get(worker);
      known.delete(worker);
      if (last) ended = ended.then(before => requestsOf([before, last]));
      arrived(worker);
    },
  };
}
