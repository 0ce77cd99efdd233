/** What a server's first process and its workers tell each other. Secrets go this way, and never over a command line. */
import type { MetricFamilies } from '../../server/metrics.ts';
import type { PoolSizes, PreparedDatabase } from '../../store/index.ts';
import type { Configuration, EncryptionKey } from '../configuration.ts';

export type ToWorker =
  | { readonly kind: 'serve'; readonly assignment: Assignment }
  | { readonly kind: 'stop' }
  | { readonly kind: 'families-wanted' }
  /** Of all workers together, in the Prometheus text format. */
  | { readonly kind: 'metrics'; readonly text: string };

export type ToPrimary =
  /** Its code is loaded: it can be told what to serve. */
  | { readonly kind: 'loaded' }
  | { readonly kind: 'listening'; readonly origin: string }
  /** It cannot serve, for a reason that the person at the terminal can mend. */
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'families'; readonly families: MetricFamilies }
  | { readonly kind: 'metrics-wanted' };

export interface Assignment {
  /** Which of the workers it is, from 1; whoever replaces one that died has its number. */
  readonly worker: number;
  readonly configuration: Configuration;
  readonly database: PreparedDatabase;
  readonly keys: readonly EncryptionKey[];
  readonly pools: PoolSizes;
}
