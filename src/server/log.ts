/**
 * Structured logs that cannot hold personal data: a line is made of an event and of facts whose types leave
 * no room for it. Errors are told by code and by the places in our own code, never by their message.
 */
import { type DestinationStream, destination, pino } from 'pino';
import { ConcordError } from '../record/errors.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Numbers, flags, and texts that come from our own code or configuration. */
export type LogFacts = Readonly<Record<string, string | number | boolean | undefined>>;

export type Log = (level: LogLevel, event: string, facts?: LogFacts) => void;

/** Bytes gathered before they are written; at most a line or two is lost when the machine loses power. */
const BUFFER_MINIMUM = 4_096;
const FLUSH_MILLISECONDS = 500;

export interface Logger {
  readonly log: Log;
  /** Writes what is still gathered. */
  flush(): void;
}

/** Logs as JSON lines on standard error, where they never mix with what a command prints. */
export function createLogger(level: LogLevel | 'silent', to?: DestinationStream): Logger {
  const stream = to ?? destination({ dest: 2, sync: false, minLength: BUFFER_MINIMUM });
  const logger = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, messageKey: 'event' },
    stream,
  );
  const timer = setInterval(() => logger.flush(), FLUSH_MILLISECONDS);
  timer.unref();
  return {
    log: (lineLevel, event, facts) => logger[lineLevel](facts ?? {}, event),
    flush: () => {
      if ('flushSync' in stream && typeof stream.flushSync === 'function') {
        try {
          stream.flushSync();
        } catch {
          // Not open yet, so nothing is gathered.
        }
      }
    },
  };
}

const OWN_FRAME = /\(?((?:[^()\s]*\/)?src\/[^()\s]+:\d+:\d+)\)?$/;
const FRAMES_MAXIMUM = 5;

/** What a log may say of an error: its code, our own detail, and where in our code it arose. */
export function errorFacts(error: unknown): LogFacts {
  if (error instanceof ConcordError) {
    const cause = error.cause === undefined ? {} : { cause: kindOf(error.cause), at: framesOf(error.cause) };
    return { code: error.code, detail: error.detail, ...cause };
  }
  return { code: 'internal', cause: kindOf(error), at: framesOf(error) };
}

function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return code ? `${error.name} ${code}` : error.name;
}

function framesOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !error.stack) return undefined;
  const frames = error.stack
    .split('\n')
    .map(line => OWN_FRAME.exec(line.trim())?.[1])
    .filter(frame => frame !== undefined)
    .map(frame => frame.slice(frame.lastIndexOf('src/')));
  return frames.length === 0 ? undefined : frames.slice(0, FRAMES_MAXIMUM).join(' < ');
}
