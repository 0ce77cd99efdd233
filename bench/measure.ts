/** One measurement: a number of connections that ask as fast as they are answered, for some seconds. */
import autocannon from 'autocannon';
import type { Shot, Target } from './requests.ts';

export interface Measurement {
  readonly requestsPerSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Answers outside 2xx, and connections that broke. A measurement with any does not count. */
  readonly failures: number;
}

export async function measure(
  origin: string,
  target: Target,
  shot: () => Shot,
  options: { readonly connections: number; readonly seconds: number },
): Promise<Measurement> {
  const result = await autocannon({
    url: origin,
    connections: options.connections,
    duration: options.seconds,
    requests: [
      {
        setupRequest: request => {
          const { method, path, body } = shot();
          const headers = {
            ...target.headers,
            ...(body !== undefined && { 'content-type': 'application/json' }),
          };
          return { ...request, method: method as 'GET', path, headers, ...(body !== undefined && { body }) };
        },
      },
    ],
  });
  return {
    // All answers over the whole time, not the average of the seconds, which hides a stall.
    requestsPerSecond: Math.round(result['2xx'] / result.duration),
    p50: result.latency.p50,
    p99: result.latency.p99,
    failures: result.non2xx + result.errors + result.timeouts,
  };
}

/** The one in the middle by throughput; the failures of all. */
export function median(measurements: readonly Measurement[]): Measurement {
  const sorted = [...measurements].sort((a, b) => a.requestsPerSecond - b.requestsPerSecond);
  const failures = measurements.reduce((sum, each) => sum + each.failures, 0);
  return { ...sorted[Math.floor(sorted.length / 2)]!, failures };
}
