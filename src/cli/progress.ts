/** How far a long command is, on standard error: each second for a person, now and then for a log. */

const TERMINAL_EVERY_MS = 1_000;
const LOG_EVERY_MS = 10_000;

export interface State {
  /** What is counted, such as customers. */
  readonly count: number;
  /** From 0 to 1; `undefined` when nobody knows. */
  readonly part: number | undefined;
  readonly more?: string;
}

/** Shows what `read` gives until it is stopped. */
export function showProgress(what: string, read: () => State): { stop(): void } {
  const { isTTY } = process.stderr;
  const started = performance.now();
  const show = () => {
    const line = progressLine(what, read(), (performance.now() - started) / 1_000);
    process.stderr.write(isTTY ? `\r\u001b[2K${line}` : `${line}\n`);
  };
  const timer = setInterval(show, isTTY ? TERMINAL_EVERY_MS : LOG_EVERY_MS).unref();
  return {
    stop() {
      clearInterval(timer);
      if (isTTY) process.stderr.write('\r\u001b[2K');
    },
  };
}

export function progressLine(what: string, { count, part, more = '' }: State, seconds: number): string {
  const rate = rateOf(count, seconds);
  const known = part !== undefined && part > 0;
  const percent = known ? `, ${Math.floor(part * 100)} %` : '';
  const left = known && part < 1 ? `, ${durationOf((seconds / part) * (1 - part))} left` : '';
  return `${count.toLocaleString('en')} ${what}, ${rate}/s${percent}${left}${more}`;
}

export const rateOf = (count: number, seconds: number): string =>
  Math.round(seconds > 0 ? count / seconds : 0).toLocaleString('en');

export function durationOf(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3_600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3_600)} h ${Math.floor((whole % 3_600) / 60)} min`;
}
