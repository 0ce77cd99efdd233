/** The results as tables for the terminal. */
import type { Cost } from './measure.ts';
import { methodOf, type Results, type Row } from './results.ts';
import { sizeOf, type TargetResult } from './targets.ts';

const cost = ({ server, backends, background, generator }: Cost): string =>
  [server, backends, background, generator].map(Math.round).join(' + ');

const line = ({ concord, limit, ...row }: Row) => ({
  'req/s': concord.requestsPerSecond,
  'p50 ms': concord.p50,
  'p99 ms': concord.p99,
  bytes: concord.answerBytes,
  'limit req/s': limit.requestsPerSecond,
  'limit p50': limit.p50,
  'limit p99': limit.p99,
  'limit bytes': limit.answerBytes,
  ratio: row.ratio,
  'p99 ratio': row.p99Ratio,
  'cost ratio': row.costRatio,
  'µs of processors': cost(concord.cost),
  'of the limit': cost(limit.cost),
});

export function report(results: Results, targets: readonly TargetResult[]): void {
  for (const { customers, processes, peakMiB, endMiB } of results.memory) {
    console.log(`\n${sizeOf(customers, processes)}:`);
    const rows = results.rows.filter(row => row.customers === customers && row.processes === processes);
    console.table(Object.fromEntries(rows.map(row => [`${row.api} ${methodOf(row.kind)}`, line(row)])));
    console.log(`Memory of the largest server process: ${peakMiB} MiB under load, ${endMiB} MiB at the end.`);
  }
  console.log(
    '\nµs of processors for one request: server + PostgreSQL for clients + PostgreSQL’s own + load generator.',
  );
  const busy = Math.max(
    ...results.rows.map(row => Math.max(row.concord.generatorLoad, row.limit.generatorLoad)),
  );
  console.log(`The load generator needed up to ${Math.round(busy * 100)} % of a core.`);
  console.table(
    Object.fromEntries(
      targets.map(({ target, wanted, worst, reached, of }) => [
        target,
        { wanted, worst, reached: reached === of ? 'yes' : `${reached} of ${of}` },
      ]),
    ),
  );
}
