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

/**
 * Characters gathered before they are written: some 200 lines, or what comes in half a second. A process that is killed
 * loses them.
 */
const GATHERED_MAXIMUM = 65_536;
const FLUSH_MILLISECONDS = 500;

export interface Logger {
  readonly log: Log;
  /** Writes what is still gathered. */
  flush(): void;
}

/** Logs as JSON lines on standard error, where they never mix with what a command prints. */
export function createLogger(level: LogLevel | 'silent', to?: DestinationStream): Logger {
  const lines = to ? undefined : gatherLines();
  const logger = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, messageKey: 'event' },
    to ?? lines!,
  );
  return {
    log: (lineLevel, event, facts) => logger[lineLevel](facts ?? {}, event),
    flush: () => lines?.flush(),
  };
}

/**
 * Gathers lines in a list. The library gathers too, but measures all that it has with every line, which flattens it:
 * 18 µs a line with 64 KiB; this way one costs 2 µs.
 */
function gatherLines(): DestinationStream & { flush(): void } {
  const file = destination({ dest: 2, sync: false });
  let lines: string[] = [];
  let characters = 0;
  const pass = () => {
    if (lines.length > 0) file.write(lines.join(''));
    lines = [];
    characters = 0;
  };
  setInterval(pass, FLUSH_MILLISECONDS).unref();
  return {
    write(line) {
      lines.push(line);
      characters += line.length;
      if (characters >= GATHERED_MAXIMUM) pass();
    },
    flush() {
      pass();
      try {
        file.flushSync();
      } catch {
        // Not open yet: the file writes when it is.
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
