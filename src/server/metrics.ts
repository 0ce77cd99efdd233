/** Metrics in the Prometheus text format: by dialect and operation, never by customer or tenant. */
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** Seconds. Reads take about a millisecond, writes a few; the tail is what matters. */
const DURATION_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

export interface Metrics {
  /** `seconds` from the first byte of the request to the last of the answer. */
  observe(dialect: string, operation: string, status: number, seconds: number): void;
  readonly contentType: string;
  render(): Promise<string>;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
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
  };
}
