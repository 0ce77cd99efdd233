/** Metrics in the Prometheus text format: by dialect and operation, never by customer or tenant. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Seconds. Reads take about a millisecond, writes a few; the tail is what matters. */
const DURATION_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

export interface Metrics {
  /** `seconds` from the first byte of the request to the last of the answer. */
  observe(dialect: string, operation: string, status: number, seconds: number): void;
  readonly contentType: string;
  render(): Promise<string>;
}

/** Reads that a replica may answer, where they went, and how the replicas are. */
export interface ReplicaReport {
  readonly fromPrimary: number;
  readonly fromReplicas: number;
  readonly replicas: readonly {
    readonly name: string;
    readonly ready: boolean;
    readonly lagSeconds: number | undefined;
  }[];
}

export function createMetrics(report?: () => ReplicaReport): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'concord_request_duration_seconds',
    help: 'Time to answer a request, by dialect, operation and status.',
    labelNames: ['dialect', 'operation', 'status'],
    buckets: DURATION_BUCKETS,
    registers: [registry],
  });
  if (report) registerReplicas(registry, report);
  return {
    observe: (dialect, operation, status, seconds) =>
      requests.observe({ dialect, operation, status }, seconds),
    contentType: registry.contentType,
    render: () => registry.metrics(),
  };
}

/** Read when somebody asks: the store counts, and keeps no copy here. */
function registerReplicas(registry: Registry, report: () => ReplicaReport): void {
  const registers = [registry];
  new Counter({
    name: 'concord_list_reads_total',
    help: 'Lists, counts and searches, by where they were read.',
    labelNames: ['from'],
    registers,
    collect() {
      const { fromPrimary, fromReplicas } = report();
      this.reset();
      this.inc({ from: 'primary' }, fromPrimary);
      this.inc({ from: 'replica' }, fromReplicas);
    },
  });
  new Gauge({
    name: 'concord_replica_ready',
    help: '1 while reads go to this replica, 0 while it is away or behind.',
    labelNames: ['replica'],
    registers,
    collect() {
      for (const { name, ready } of report().replicas) this.set({ replica: name }, ready ? 1 : 0);
    },
  });
  new Gauge({
    name: 'concord_replica_lag_seconds',
    help: 'Age of the newest state of the primary that this replica has; absent while it does not answer.',
    labelNames: ['replica'],
    registers,
    collect() {
      this.reset();
      for (const { name, lagSeconds } of report().replicas) {
        if (lagSeconds !== undefined) this.set({ replica: name }, lagSeconds);
      }
    },
  });
}
