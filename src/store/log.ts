/** What the store tells of itself: events with facts, and never a word about a customer. */

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** The event has a dotted name, such as `database.started`. The facts hold no personal data. */
export type Log = (
  level: LogLevel,
  event: string,
  facts?: Readonly<Record<string, string | number | boolean | undefined>>,
) => void;

export const silent: Log = () => {};
