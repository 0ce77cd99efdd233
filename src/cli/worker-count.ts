/** How many processes answer requests: a number, or as many as there are cores. */
import { availableParallelism } from 'node:os';
import { ConfigurationError } from './configuration.ts';

/** Their connections still fit the embedded database. Who has more cores runs several servers on one database. */
export const WORKERS_MAXIMUM = 32;

/** @throws ConfigurationError */
export function readWorkers(flag: string | undefined, variable: string | undefined): number {
  const text = flag || variable || '1';
  if (text === 'auto') return Math.min(availableParallelism(), WORKERS_MAXIMUM);
  const count = Number(text);
  if (/^\d{1,4}$/.test(text) && count >= 1 && count <= WORKERS_MAXIMUM) return count;
  throw new ConfigurationError(
    `The number of workers must be auto or a whole number from 1 to ${WORKERS_MAXIMUM}, not "${text}".`,
  );
}
