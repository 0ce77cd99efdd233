/** The health page: what it makes of metrics, and how it shows them in a real browser. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import type { Browser } from 'playwright-core';
import { measurementsOf } from '../../console/src/pages/health/exposition.ts';
import { type Sample, sampleOf } from '../../console/src/pages/health/sample.ts';
import {
  byMinute,
  KEPT_MILLISECONDS,
  quantileOf,
  trendOf,
  WINDOW_MILLISECONDS,
  withSample,
} from '../../console/src/pages/health/trend.ts';
import { createMetrics } from '../../src/server/metrics.ts';
import { launchChromium, withoutChromium } from '../support/chromium.ts';
import { type Concord, startConcord } from '../support/concord.ts';
import { assertAccessible, assertFitsNarrow, openConsole, signIn, tabTo } from '../support/console.ts';
import { openRelay } from '../support/relay.ts';

const START = Date.parse('2026-01-01T00:00:00Z');
const seconds = (count: number): number => START + count * 1_000;

describe('reading Prometheus’ text format', () => {
  it('reads names, labels and values, and passes over the rest', () => {
    const text = [
      '# HELP a_total What it is.',
      '# TYPE a_total counter',
      'a_total 12',
      'b{one="1",two="a \\"b\\" \\\\ \\n}"} -1.5e3 1700000000000',
      'c{le="+Inf"} +Inf',
      'd NaN',
      '',
      'not a measurement at all',
      'e{broken="',
    ].join('\n');
    assert.deepEqual(measurementsOf(text), [
      { name: 'a_total', labels: {}, value: 12 },
      { name: 'b', labels: { one: '1', two: 'a "b" \\ \n}' }, value: -1_500 },
      { name: 'c', labels: { le: '+Inf' }, value: Number.POSITIVE_INFINITY },
      { name: 'd', labels: {}, value: Number.NaN },
    ]);
  });

  it('reads every label as it was written', () => {
    const escaped = (text: string): string =>
      text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
    // A carriage return is no end of a line there, and no label of ours has one.
    const label = fc.string({ unit: 'grapheme' }).filter(text => !text.includes('\r'));
    fc.assert(
      fc.property(fc.array(label), fc.double({ noNaN: true }), (labels, value) => {
        const pairs = labels.map((text, index) => `l${index}="${escaped(text)}"`).join(',');
        const [read, ...others] = measurementsOf(`m{${pairs}} ${value}`);
        assert.deepEqual(others, []);
        assert.deepEqual(Object.values(read!.labels), labels);
        // A text has no negative zero.
        assert.equal(read!.value + 0, value + 0);
      }),
    );
  });

  it('reads what the server writes', async () => {
    const metrics = createMetrics();
    metrics.observe('one', 'Get', 200, 0.002);
    metrics.observe('one', 'Get', 404, 0.002);
    metrics.observe('one', 'Put', 500, 0.2);
    metrics.observe('two', 'metrics', 200, 0.002);
    const sample = sampleOf(await metrics.render(), START);
    // What the page itself asks for is not counted.
    assert.deepEqual(Object.keys(sample.dialects), ['one']);
    const { all, refused, failed, within } = sample.dialects.one!;
    assert.deepEqual([all, refused, failed], [3, 1, 1]);
    assert.deepEqual([within['0.001'], within['0.0025'], within['0.25'], within['+Inf']], [0, 2, 3, 3]);
    assert.ok(sample.memoryBytes! > 1_000_000);
    assert.ok(sample.startedAt! > 1_700_000_000);
    assert.ok(sample.computedSeconds! > 0);
    assert.ok(sample.delaySeconds! >= 0);
  });

  it('takes the processes of a server with several together', () => {
    const sample = sampleOf(
      [
        'process_resident_memory_bytes{worker="1"} 100',
        'process_resident_memory_bytes{worker="2"} 20',
        'process_cpu_seconds_total{worker="1"} 3',
        'process_cpu_seconds_total{worker="2"} 4.5',
        'process_start_time_seconds{worker="1"} 50',
        'process_start_time_seconds{worker="2"} 70',
        'nodejs_eventloop_lag_p99_seconds{worker="1"} Nan',
        'nodejs_eventloop_lag_p99_seconds{worker="2"} 0.03',
      ].join('\n'),
      START,
    );
    assert.deepEqual(
      [sample.memoryBytes, sample.computedSeconds, sample.startedAt, sample.delaySeconds?.toFixed(2)],
      [120, 7.5, 70, '0.02'],
    );
  });
});

describe('rates and times', () => {
  const sample = (at: number, all: number, wish: Partial<Sample> = {}): Sample => ({
    ...{ at, startedAt: 1, memoryBytes: 1, delaySeconds: 0, computedSeconds: 1 },
    dialects: { one: { all, refused: all / 2, failed: 0, within: { 0.01: all / 2, 0.1: all, '+Inf': all } } },
    ...wish,
  });

  it('are those of the window before each point', () => {
    const samples = [0, 5, 10, 15, 20, 25, 30, 35, 40].map(each => sample(seconds(each), each * 10));
    const points = trendOf(samples, 'one');
    assert.equal(points.length, samples.length - 1);
    for (const point of points) {
      assert.equal(point.rate, 10);
      assert.equal(point.refusedRate, 5);
      assert.equal(point.failedRate, 0);
      assert.equal(point.median, 0.01);
      assert.ok(Math.abs(point.p95! - 0.091) < 1e-9);
    }
    const burst = [...samples, sample(seconds(45), 400 + 3_000)];
    assert.equal(trendOf(burst, 'one').at(-1)!.rate, (3_400 - 150) / 30);
  });

  it('are nothing where there is no request, and no time then', () => {
    const [point] = trendOf([sample(seconds(0), 10), sample(seconds(5), 10)], 'one');
    assert.deepEqual([point!.rate, point!.median, point!.p95], [0, null, null]);
    assert.equal(trendOf([sample(seconds(0), 10), sample(seconds(5), 10)], 'unknown')[0]!.rate, 0);
  });

  it('count from zero after the server started again', () => {
    const [point] = trendOf([sample(seconds(0), 1_000), sample(seconds(5), 20, { startedAt: 2 })], 'one');
    assert.equal(point!.rate, 4);
    // Also when it has counted further than before by then.
    const [further] = trendOf([sample(seconds(0), 10), sample(seconds(5), 20, { startedAt: 2 })], 'one');
    assert.equal(further!.rate, 4);
  });

  it('are kept for ten minutes', () => {
    let samples: readonly Sample[] = [];
    for (let at = 0; at <= 3_600; at += 5) samples = withSample(samples, sample(seconds(at), at));
    const oldest = samples.at(-1)!.at - samples[0]!.at;
    assert.equal(oldest, KEPT_MILLISECONDS + WINDOW_MILLISECONDS);
    assert.equal(byMinute(trendOf(samples, 'one')).length, 11);
  });

  it('are never negative, and a higher share never takes less time', () => {
    const counts = fc.array(fc.nat(1_000), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(counts, fc.double({ min: 0.01, max: 1, noNaN: true }), (buckets, share) => {
        let sum = 0;
        const within = Object.fromEntries(
          buckets.map((count, index) => {
            sum += count;
            return [index === buckets.length - 1 ? '+Inf' : String(0.001 * 2 ** index), sum];
          }),
        );
        const some = quantileOf(within, share);
        if (sum === 0) return assert.equal(some, null);
        assert.ok(some !== null && some >= 0);
        assert.ok(some <= quantileOf(within, 1)!);
        return assert.ok(quantileOf(within, share / 2)! <= some);
      }),
    );
  });
});

describe('the console, health', { skip: await withoutChromium() }, () => {
  let concord: Concord;
  let browser: Browser;
  before(async () => {
    [concord, browser] = await Promise.all([startConcord(), launchChromium()]);
  });
  after(async () => {
    await browser.close();
    await concord.stop();
  });

  it('shows how each API is answered, in plots with words and in a table', async () => {
    const opened = await openConsole(browser, concord.origin);
    const { page } = opened;
    await signIn(page, concord.harbor, '/health');
    const card = page.getByRole('region', { name: 'Billbee', exact: true });
    await card.getByText('The first numbers come in a few seconds.').waitFor();
    for (let count = 0; count < 8; count += 1)
      await concord.send(
        concord.harbor,
        'billbee',
        'GET',
        count < 4 ? '/api/v1/customers' : '/api/v1/customers/99',
      );
    const plot = card.getByRole('img', { name: /requests per second now/ });
    await plot.waitFor();
    const label = await plot.getAttribute('aria-label');
    assert.match(label!, /^Billbee: (0\.\d+|\d+(\.\d+)?) requests per second now, at most/);
    assert.doesNotMatch(label!, /^Billbee: 0 /);
    await card.getByRole('img', { name: /half of the answers within [\d.]+ ms/ }).waitFor();
    await card.getByRole('definition').filter({ hasText: '50%' }).waitFor();
    await page.getByRole('region', { name: 'Database' }).getByText('Ready').waitFor();
    await page.getByRole('img', { name: /^Memory: \d+ MB now/ }).waitFor();
    await page.getByRole('region', { name: 'Flecto', exact: true }).getByText('no requests').waitFor();
    // The table, by keyboard.
    await tabTo(page, 'Numbers by minute');
    await page.keyboard.press('Enter');
    await page.getByRole('table').getByRole('columnheader', { name: 'Requests per second' }).waitFor();
    await tabTo(page, 'Concord: numbers by minute');
    await assertAccessible(page, 'health');
    await assertFitsNarrow(page);
    opened.assertQuiet();
    await opened.close();
  });

  it('says that its numbers are old when the server cannot be reached, and goes on when it is back', async () => {
    const relay = await openRelay(concord.origin);
    const opened = await openConsole(browser, relay.origin);
    const { page } = opened;
    await signIn(page, concord.harbor, '/health');
    await page.getByRole('region', { name: 'Database' }).getByText('Ready').waitFor();
    await relay.cut();
    await page.getByText('These numbers are old').waitFor();
    await page.getByRole('img', { name: /^Memory: / }).waitFor();
    await relay.mend();
    await page.getByText('These numbers are old').waitFor({ state: 'detached' });
    await opened.close();
    await relay.close();
  });
});
