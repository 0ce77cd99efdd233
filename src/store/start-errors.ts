/** Why the server cannot start. The messages are for the person at the terminal and name the remedy. */
import { ConcordError } from '../record/errors.ts';

export type StartErrorCode =
  | 'directory-in-use'
  | 'directory-unusable'
  | 'platform-unsupported'
  | 'database-failed'
  | 'database-newer'
  | 'migration-changed'
  | 'role-unsafe'
  | 'connections-too-few'
  | 'worker-failed'
  | 'configuration-invalid';

export class StartError extends Error {
  readonly code: StartErrorCode;

  constructor(code: StartErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'StartError';
    this.code = code;
  }
}

/** Another server has the data directory. */
export class DirectoryInUse extends StartError {
  readonly directory: string;

  constructor(directory: string) {
    super(
      'directory-in-use',
      `Another Concord server is using the data directory ${directory}. ` +
        'Stop it first; commands, too, need the database for themselves. A second server takes a directory of its own (--data).',
    );
    this.name = 'DirectoryInUse';
    this.directory = directory;
  }
}

/** What people get wrong in a URL, by the code of Node or PostgreSQL. */
const REASONS: Readonly<Record<string, string>> = {
  ERR_INVALID_URL:
    'DATABASE_URL is no URL: is the port a number, is every special character of the password encoded?',
  ENOTFOUND: 'DATABASE_URL names a host that cannot be found.',
  ECONNREFUSED: 'Nothing listens at the host and port of DATABASE_URL.',
  '3D000': 'DATABASE_URL names a database that does not exist.',
  '28000': 'The server refuses the login of DATABASE_URL.',
  '28P01': 'The server refuses the password of DATABASE_URL.',
};

/** The driver's error for the person at the terminal: by code, because its message may repeat a secret of the URL. */
export function startErrorOf(error: unknown): unknown {
  if (error instanceof StartError || error instanceof ConcordError) return error;
  const { code } = error as { code?: unknown };
  if (typeof code !== 'string') return error;
  const reason = REASONS[code] ?? 'Look at the address, the login and the rights in DATABASE_URL.';
  return new StartError('database-failed', `The database cannot be used (${code}). ${reason}`, error);
}
