/** Reads metrics in Prometheus' text format (https://prometheus.io/docs/instrumenting/exposition_formats/). */

export interface Measurement {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A name, labels in braces, a value; a time after it is passed over. */
const LINE = /^([a-zA-Z_:][\w:]*)(?:\{((?:[^"}]|"(?:\\.|[^"\\])*")*)\})?\s+(\S+)/;
const LABEL = /([a-zA-Z_]\w*)\s*=\s*"((?:\\.|[^"\\])*)"/g;

/** Lines that are no measurement are passed over. */
export function measurementsOf(text: string): readonly Measurement[] {
  return text.split('\n').flatMap(line => {
    const measurement = measurementOf(line);
    return measurement ? [measurement] : [];
  });
}

function measurementOf(line: string): Measurement | undefined {
  const [, name, labels = '', value = ''] = LINE.exec(line) ?? [];
  if (name === undefined) return undefined;
  const number = numberOf(value);
  return number === undefined ? undefined : { name, labels: labelsOf(labels), value: number };
}

function numberOf(text: string): number | undefined {
  if (text === '+Inf' || text === 'Inf') return Number.POSITIVE_INFINITY;
  if (text === '-Inf') return Number.NEGATIVE_INFINITY;
  if (text === 'NaN') return Number.NaN;
  const number = Number(text);
  return Number.isNaN(number) ? undefined : number;
}

function labelsOf(text: string): Readonly<Record<string, string>> {
  const labels = [...text.matchAll(LABEL)].map(([, name, value]) => [name!, unescaped(value!)] as const);
  return Object.fromEntries(labels);
}

const unescaped = (text: string): string =>
  text.replace(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character));
