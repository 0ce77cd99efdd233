/** Lines over the last ten minutes. What they say, the label says in words, and a table beside it in numbers. */
import { type PointerEvent, useState } from 'react';
import { useFormat, useTexts } from '../../i18n/language.tsx';
import classes from './page.module.css';
import { texts } from './texts.ts';
import { KEPT_MILLISECONDS } from './trend.ts';

/** The lines are drawn in this box, which is stretched to the place that there is. */
const WIDTH = 600;
const HEIGHT = 100;
/** While there is little to see, it is not squeezed to the edge. */
const SPANS_MILLISECONDS = [120_000, 300_000, KEPT_MILLISECONDS];
/** A wider gap between two samples is a gap in the line: nobody looked. */
const GAP_MILLISECONDS = 45_000;

export interface Line {
  readonly name: string;
  /** The second line of a plot is drawn lighter and dashed. */
  readonly isSecond?: boolean;
  readonly values: readonly { readonly at: number; readonly value: number | null }[];
}

export interface PlotProps {
  /** What the lines say, in a sentence. */
  readonly label: string;
  readonly lines: readonly Line[];
  /** Milliseconds since 1970 at the right edge. */
  readonly now: number;
  /** The scale reaches at least so far, so that next to nothing does not look like a lot. */
  readonly atLeast: number;
  shown(value: number): string;
}

export function Plot({ label, lines, now, atLeast, shown }: PlotProps) {
  const t = useTexts(texts);
  const format = useFormat();
  const [pointed, setPointed] = useState<number>();
  const most = niceMaximum(
    Math.max(atLeast, ...lines.flatMap(({ values }) => values.map(each => each.value ?? 0))),
  );
  const first = Math.min(now, ...lines.flatMap(({ values }) => values.map(each => each.at)));
  const span = SPANS_MILLISECONDS.find(each => each >= now - first) ?? KEPT_MILLISECONDS;
  const x = (at: number): number => WIDTH * (1 - (now - at) / span);
  const y = (value: number): number => HEIGHT * (1 - value / most);
  const point = (event: PointerEvent<SVGSVGElement>): void => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    setPointed(now - span * (1 - (event.clientX - left) / width));
  };
  return (
    <figure className={classes.plot}>
      <span className={classes.most} aria-hidden="true">
        {shown(most)}
      </span>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
        onPointerMove={point}
        onPointerLeave={() => setPointed(undefined)}
      >
        <line x1={0} x2={WIDTH} y1={HEIGHT} y2={HEIGHT} className={classes.axis} />
        <line x1={0} x2={WIDTH} y1={0} y2={0} className={classes.grid} />
        <line x1={0} x2={WIDTH} y1={HEIGHT / 2} y2={HEIGHT / 2} className={classes.grid} />
        {lines.map(({ name, isSecond, values }) => (
          <path
            key={name}
            d={pathOf(
              values.filter(({ at }) => now - at <= span),
              x,
              y,
            )}
            className={classes.line}
            data-second={isSecond || undefined}
          />
        ))}
        {pointed !== undefined && (
          <line x1={x(pointed)} x2={x(pointed)} y1={0} y2={HEIGHT} className={classes.pointer} />
        )}
      </svg>
      <figcaption className={classes.scale} aria-hidden="true">
        {pointed === undefined ? (
          <>
            <span>{format.ago(new Date(now - span).toISOString(), now)}</span>
            <span>{t.now}</span>
          </>
        ) : (
          <Reading lines={lines} at={pointed} shown={shown} />
        )}
      </figcaption>
    </figure>
  );
}

function Reading({ lines, at, shown }: Pick<PlotProps, 'lines' | 'shown'> & { readonly at: number }) {
  const format = useFormat();
  const readings = lines.flatMap(({ name, values }) => {
    const nearest = nearestTo(values, at);
    return nearest?.value == null ? [] : [`${name} ${shown(nearest.value)}`];
  });
  return (
    <>
      <span>{format.time(new Date(at).toISOString())}</span>
      <span>{readings.length > 0 ? readings.join(' · ') : '–'}</span>
    </>
  );
}

function nearestTo(values: Line['values'], at: number): Line['values'][number] | undefined {
  let nearest: Line['values'][number] | undefined;
  for (const value of values) {
    const distance = Math.abs(value.at - at);
    if (distance < GAP_MILLISECONDS && (!nearest || distance < Math.abs(nearest.at - at))) nearest = value;
  }
  return nearest;
}

function pathOf(values: Line['values'], x: (at: number) => number, y: (value: number) => number): string {
  const steps: string[] = [];
  let last: number | undefined;
  for (const { at, value } of values) {
    if (value === null) {
      last = undefined;
      continue;
    }
    const goesOn = last !== undefined && at - last < GAP_MILLISECONDS;
    // A point alone is drawn, too: a line of no length with round ends.
    const place = `${x(at).toFixed(1)} ${y(value).toFixed(1)}`;
    steps.push(goesOn ? `L${place}` : `M${place}L${place}`);
    last = at;
  }
  return steps.join('');
}

/** The next of 1, 2 or 5 times a power of ten: scales that one can read. */
export function niceMaximum(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5, 10].find(step => step * power >= value * 0.999_999) ?? 10) * power;
}
