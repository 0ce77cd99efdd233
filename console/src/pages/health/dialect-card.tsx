/** How one API is answered: how many requests, how fast, how many refused or failed. */
import { Group, Text, Title } from '@mantine/core';
import { useFormat, useTexts } from '../../i18n/language.tsx';
import { useDialectColour } from '../../shared/dialect.tsx';
import classes from './page.module.css';
import { type Line, Plot } from './plot.tsx';
import { texts } from './texts.ts';
import { byMinute, type Point } from './trend.ts';
import { type Units, useUnits } from './units.ts';

const RATE_SCALE = 1;
const TIME_SCALE_SECONDS = 0.01;

export interface DialectCardProps {
  readonly name: string;
  readonly title: string;
  readonly points: readonly Point[];
  readonly now: number;
}

export function DialectCard({ name, title, points, now }: DialectCardProps) {
  const t = useTexts(texts);
  const units = useUnits();
  const colour = useDialectColour();
  const latest = points.at(-1);
  const most = Math.max(0, ...points.map(({ rate }) => rate));
  const duration = (seconds: number | null | undefined): string =>
    seconds == null ? t.none : units.duration(seconds);
  const line = (label: string, of: (point: Point) => number | null, isSecond = false): Line => ({
    name: label,
    isSecond,
    values: points.map(point => ({ at: point.at, value: of(point) })),
  });
  const rate = units.rate(latest?.rate ?? 0);
  const heading = `health-${name}`;
  return (
    <section className={classes.card} data-colour={colour(name)} aria-labelledby={heading}>
      <Group gap={10} mb={10} wrap="nowrap">
        <span className={classes.dot} aria-hidden="true" />
        <Title order={3} id={heading} className={classes.title!}>
          {title}
        </Title>
      </Group>
      {latest === undefined ? (
        <Text size="sm" c="dimmed">
          {t.gathering}
        </Text>
      ) : (
        <>
          <Group justify="space-between" gap="xs">
            <Text size="sm" c="dimmed">
              {t.requests}
            </Text>
            <Text fw={600} className="tabular">
              {rate}
            </Text>
          </Group>
          <Plot
            label={t.plotRate(title, rate, units.rate(most))}
            lines={[line(t.requests, point => point.rate)]}
            now={now}
            atLeast={RATE_SCALE}
            shown={units.rate}
          />
          <Group justify="space-between" gap="xs" mt="sm">
            <Text size="sm" c="dimmed">
              {t.times}
            </Text>
            <Text size="sm" className="tabular">
              {latest.median === null ? (
                t.none
              ) : (
                <>
                  {t.half} <b>{duration(latest.median)}</b> · {t.most} <b>{duration(latest.p95)}</b>
                </>
              )}
            </Text>
          </Group>
          <Plot
            label={t.plotTimes(title, duration(latest.median), duration(latest.p95))}
            lines={[line(t.half, point => point.median), line(t.most, point => point.p95, true)]}
            now={now}
            atLeast={TIME_SCALE_SECONDS}
            shown={units.duration}
          />
          <Faults point={latest} units={units} />
          <Numbers title={title} points={points} units={units} />
        </>
      )}
    </section>
  );
}

const partOf = (some: number, all: number): number => (all > 0 ? some / all : 0);

function Faults({ point, units }: { readonly point: Point; readonly units: Units }) {
  const t = useTexts(texts);
  return (
    <dl className={classes.faults}>
      <div>
        <dt>
          {t.refused} <span>({t.refusedHint})</span>
        </dt>
        <dd>{units.share(partOf(point.refusedRate, point.rate))}</dd>
      </div>
      <div data-bad={point.failedRate > 0 || undefined}>
        <dt>
          {t.failed} <span>({t.failedHint})</span>
        </dt>
        <dd>{units.share(partOf(point.failedRate, point.rate))}</dd>
      </div>
    </dl>
  );
}

interface NumbersProps {
  readonly title: string;
  readonly points: readonly Point[];
  readonly units: Units;
}

function Numbers({ title, points, units }: NumbersProps) {
  const t = useTexts(texts);
  const format = useFormat();
  return (
    <details className={classes.numbers}>
      <summary>{t.numbers}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reached by the keyboard. */}
      <section className={classes.scroll} tabIndex={0} aria-label={t.numbersOf(title)}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t.time}</th>
              <th scope="col">{t.requests}</th>
              <th scope="col">{t.half}</th>
              <th scope="col">{t.most}</th>
              <th scope="col">{t.refused}</th>
              <th scope="col">{t.failed}</th>
            </tr>
          </thead>
          <tbody>
            {byMinute(points).map(point => (
              <tr key={point.at}>
                <th scope="row">{format.time(new Date(point.at).toISOString())}</th>
                <td>{units.rate(point.rate)}</td>
                <td>{point.median === null ? '–' : units.duration(point.median)}</td>
                <td>{point.p95 === null ? '–' : units.duration(point.p95)}</td>
                <td>{units.share(partOf(point.refusedRate, point.rate))}</td>
                <td>{units.share(partOf(point.failedRate, point.rate))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
