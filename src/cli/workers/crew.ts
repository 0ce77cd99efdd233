/** The workers of a server: forked, told what to serve, replaced when one dies, stopped together. */
import cluster, { type Worker } from 'node:cluster';
import { setTimeout as sleep } from 'node:timers/promises';
import { STOP_MILLISECONDS } from '../../server/limits.ts';
import type { Log } from '../../server/log.ts';
import type { ProcessMetrics } from '../../server/metrics.ts';
import { StartError } from '../../store/index.ts';
import { ConfigurationError } from '../configuration.ts';
import { openCensus } from './census.ts';
import type { Assignment, ToPrimary, ToWorker } from './messages.ts';
import { closeOrphans } from './orphans.ts';

/** Milliseconds before a worker that died is replaced: at once the first time, ever later while they keep dying. */
const REPLACE_FIRST = 50;
const REPLACE_MAXIMUM = 5_000;
/** Milliseconds. Whatever ended a worker that answered for so long, its successor begins anew. */
const WELL_AFTER = 60_000;
/** Times in a row that a worker ends before it listens, half a minute in all: then the server is broken, and ends. */
const FAILED_STARTS_MAXIMUM = 10;
/** Milliseconds for a worker to load its code, open its connections and listen; it takes about one second. */
const START_MAXIMUM = 60_000;
/** Milliseconds after the requests for what is under way in the database, as the store has them, and some more. */
const STORE_STOP = 7_000;

export interface Crew {
  /** Answers when all of them listen. @throws ConfigurationError, StartError */
  serve(assignment: Omit<Assignment, 'worker'>): Promise<string>;
  /** Rejects when a worker does not come up again. */
  readonly broken: Promise<never>;
  /** Those that do not end in time are ended. */
  stop(): Promise<void>;
}

interface Place {
  readonly number: number;
  worker: Worker;
  isLoaded: boolean;
  listeningSince: number | undefined;
  /** In a row. */
  deaths: number;
  failedStarts: number;
}

export function openCrew(count: number, own: ProcessMetrics, log: Log): Crew {
  const broken = Promise.withResolvers<never>();
  const ready = Promise.withResolvers<string>();
  // Nobody may be waiting for them.
  broken.promise.catch(() => {});
  ready.promise.catch(() => {});
  let common: Omit<Assignment, 'worker'> | undefined;
  let isStopping = false;
  let isReady = false;

  const places = Array.from({ length: count }, (_, index): Place => {
    const worker = cluster.fork();
    return fill(
      { number: index + 1, worker, isLoaded: false, listeningSince: undefined, deaths: 0, failedStarts: 0 },
      worker,
    );
  });
  const census = openCensus(own, () => {
    const asked = places.filter(place => place.listeningSince !== undefined && place.worker.isConnected());
    for (const place of asked) tell(place, { kind: 'families-wanted' });
    return asked.map(place => place.number);
  });

  function fill(place: Place, worker: Worker): Place {
    place.worker = worker;
    place.isLoaded = false;
    place.listeningSince = undefined;
    const late = setTimeout(() => worker.process.kill('SIGKILL'), START_MAXIMUM);
    closeOrphans(worker);
    // Something was sent to a worker that has just died; its end is told as well.
    worker.on('error', () => {});
    worker.on('message', (message: ToPrimary) => {
      if (message.kind === 'listening') clearTimeout(late);
      // What a worker said in its last moment may arrive when its successor is there.
      if (place.worker === worker) heard(place, message);
    });
    worker.on('exit', (code, signal) => {
      clearTimeout(late);
      if (!isStopping) ended(place, signal ?? `exit code ${code}`);
    });
    return place;
  }

  function tell({ worker }: Place, message: ToWorker): void {
    // One that is about to end may be deaf already.
    if (worker.isConnected()) worker.send(message, () => {});
  }

  function assign(place: Place): void {
    if (place.isLoaded && common)
      tell(place, { kind: 'serve', assignment: { ...common, worker: place.number } });
  }

  function heard(place: Place, message: ToPrimary): void {
    switch (message.kind) {
      case 'loaded':
        place.isLoaded = true;
        assign(place);
        break;
      case 'listening':
        place.listeningSince = Date.now();
        place.failedStarts = 0;
        if (places.every(each => each.listeningSince !== undefined)) {
          isReady = true;
          ready.resolve(message.origin);
        }
        break;
      case 'refused':
        log('error', 'worker.refused', { worker: place.number, detail: message.message });
        // It is no accident: the others will fare no better.
        if (!isReady) ready.reject(new ConfigurationError(message.message));
        place.worker.process.kill('SIGKILL');
        break;
      case 'families':
        census.told(place.number, message.families);
        break;
      case 'metrics-wanted':
        census.render().then(
          text => tell(place, { kind: 'metrics', text }),
          () => {},
        );
        break;
    }
  }

  function ended(place: Place, how: string): void {
    const { listeningSince } = place;
    place.listeningSince = undefined;
    if (listeningSince === undefined) place.failedStarts += 1;
    place.deaths =
      listeningSince !== undefined && Date.now() - listeningSince > WELL_AFTER ? 1 : place.deaths + 1;
    census.lost(place.number);
    const pause = Math.min(REPLACE_FIRST * 2 ** (place.deaths - 1), REPLACE_MAXIMUM);
    log('error', 'worker.lost', { worker: place.number, how, deaths: place.deaths, replacedAfter: pause });
    if (!isReady) ready.reject(failure(`ended before it listened (${how})`));
    else if (place.failedStarts >= FAILED_STARTS_MAXIMUM) {
      broken.reject(failure(`did not come up again in ${FAILED_STARTS_MAXIMUM} attempts (${how})`));
    } else setTimeout(() => isStopping || fill(place, cluster.fork()), pause);
  }

  return {
    broken: broken.promise,

    serve(assignment) {
      common = assignment;
      for (const place of places) assign(place);
      return ready.promise;
    },

    async stop() {
      if (isStopping) return;
      isStopping = true;
      const living = places.filter(({ worker }) => !worker.isDead());
      const gone = living.map(({ worker }) => new Promise<void>(resolve => worker.once('exit', resolve)));
      for (const place of living) {
        if (place.isLoaded) tell(place, { kind: 'stop' });
        // It holds nothing yet, and does not listen to anybody either.
        else place.worker.process.kill('SIGKILL');
      }
      const late = new AbortController();
      const patience = sleep(STOP_MILLISECONDS + STORE_STOP, 'late', { signal: late.signal }).catch(() => '');
      if ((await Promise.race([Promise.all(gone), patience])) === 'late') {
        log('warn', 'workers.late');
        for (const { worker } of living) if (!worker.isDead()) worker.process.kill('SIGKILL');
        await Promise.all(gone);
      }
      late.abort();
    },
  };
}

const failure = (what: string): StartError =>
  new StartError('worker-failed', `A worker ${what}. The lines above, on standard error, have the reason.`);
