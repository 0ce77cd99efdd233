/** Metrics in the Prometheus text format: by dialect and operation, never by customer or tenant. */
import { AggregatorRegistry, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** Seconds. Reads take about a millisecond, writes a few; the tail is what matters. */
const DURATION_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

export interface Metrics {
  /** `seconds` from the first byte of the request to the last of the answer. */
  observe(dialect: string, operation: string, status: number, seconds: number): void;
  readonly contentType: string;
  render(): Promise<string>;
}

/** What one process measured: plain data, so that it can be told to another process. */
export type MetricFamilies = Awaited<ReturnType<Registry['getMetricsAsJSON']>>;

export interface ProcessMetrics extends Metrics {
  families(): Promise<MetricFamilies>;
}

/** @param worker which of several processes this is; what it says of itself (memory, processor) has it as a label. */
export function createMetrics(worker?: string): ProcessMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, ...(worker !== undefined && { labels: { worker } }) });
  const requests = new Histogram({
    name: 'concord_request_duration_seconds',
    help: 'Time to answer a request, by dialect, operation and status.',
    labelNames: ['dialect', 'operation', 'status'],
    buckets: DURATION_BUCKETS,
    registers: [registry],
  });
  return {
    observe: (dialect, operation, status, seconds) =>
      requests.observe({ dialect, operation, status }, seconds),
    contentType: registry.contentType,
    render: () => registry.metrics(),
    families: () => registry.getMetricsAsJSON(),
  };
}

/** Sums what has the same labels: requests of all processes together, and each process for itself. */
export const renderSum = (processes: readonly MetricFamilies[]): Promise<string> =>
  sumOf(processes).metrics();

/** Of processes that have ended, only what counts for the server as a whole. */
export async function requestsOf(processes: readonly MetricFamilies[]): Promise<MetricFamilies> {
  const families = await sumOf(processes).getMetricsAsJSON();
  return families.filter(({ name }) => name.startsWith('concord_'));
}

// The library would leave out when a process began, and average what is one process's.
const sumOf = (processes: readonly MetricFamilies[]): Registry =>
  AggregatorRegistry.aggregate(
    processes.map(families => families.map(family => ({ ...family, aggregator: 'sum' }))),
  );
