/** The server itself: database, time since start, memory, waiting time, processor. */
import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useFormat, useTexts } from '../../i18n/language.tsx';
import { Ago } from '../../shared/ago.tsx';
import { Icon } from '../../shared/icons.tsx';
import classes from './page.module.css';
import { Plot } from './plot.tsx';
import { readyQuery } from './queries.ts';
import type { Sample } from './sample.ts';
import { texts } from './texts.ts';
import { computingOf } from './trend.ts';
import { useUnits } from './units.ts';

const MEMORY_SCALE_BYTES = 100_000_000;
const DELAY_SCALE_SECONDS = 0.02;

export function ServerFacts({ samples }: { readonly samples: readonly Sample[] }) {
  const t = useTexts(texts);
  const units = useUnits();
  const format = useFormat();
  const latest = samples.at(-1)!;
  const startedAt = latest.startedAt && new Date(latest.startedAt * 1_000).toISOString();
  const computing = computingOf(samples);
  return (
    <div className={classes.facts}>
      <Database />
      {startedAt && (
        <Fact
          label={t.started}
          value={<Ago at={startedAt} />}
          hint={t.startedHint(format.dateTime(startedAt))}
        />
      )}
      {computing !== null && (
        <Fact label={t.computing} value={units.share(computing)} hint={t.computingHint} />
      )}
      <Gauge
        label={t.memory}
        hint={t.memoryHint}
        samples={samples}
        of={sample => sample.memoryBytes}
        atLeast={MEMORY_SCALE_BYTES}
        shown={units.megabytes}
        said={t.plotMemory}
      />
      <Gauge
        label={t.delay}
        hint={t.delayHint}
        samples={samples}
        of={sample => sample.delaySeconds}
        atLeast={DELAY_SCALE_SECONDS}
        shown={units.duration}
        said={t.plotDelay}
      />
    </div>
  );
}

function Database() {
  const t = useTexts(texts);
  const { data } = useQuery(readyQuery);
  const word = data === undefined ? t.unknown : data ? t.ready : t.notReady;
  return (
    <Fact
      label={t.database}
      value={
        <span className={classes.state} data-good={data} role="status">
          {data !== undefined && <Icon name={data ? 'check' : 'alert'} size={20} />}
          {word}
        </span>
      }
      hint={data === false ? t.notReadyHint : t.readyHint}
    />
  );
}

interface FactProps {
  readonly label: string;
  readonly value: ReactNode;
  readonly hint: string;
  readonly children?: ReactNode;
}

function Fact({ label, value, hint, children }: FactProps) {
  return (
    <section className={classes.card} aria-label={label}>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <p className={classes.value}>{value}</p>
      <Text size="xs" c="dimmed">
        {hint}
      </Text>
      {children}
    </section>
  );
}

interface GaugeProps {
  readonly label: string;
  readonly hint: string;
  readonly samples: readonly Sample[];
  readonly atLeast: number;
  of(sample: Sample): number | undefined;
  shown(value: number): string;
  said(now: string, most: string): string;
}

function Gauge({ label, hint, samples, atLeast, of, shown, said }: GaugeProps) {
  const values = samples.map(sample => ({ at: sample.at, value: of(sample) ?? null }));
  const latest = values.at(-1)?.value;
  if (latest == null) return null;
  const most = Math.max(...values.map(({ value }) => value ?? 0));
  return (
    <Fact label={label} value={shown(latest)} hint={hint}>
      <Plot
        label={said(shown(latest), shown(most))}
        lines={[{ name: label, values }]}
        now={samples.at(-1)!.at}
        atLeast={atLeast}
        shown={shown}
      />
    </Fact>
  );
}
