/** Why the store cannot start. The messages are for the person at the terminal and name the remedy. */

export type StartErrorCode =
  | 'directory-in-use'
  | 'directory-unusable'
  | 'platform-unsupported'
  | 'database-failed'
  | 'database-newer'
  | 'migration-changed'
  | 'role-unsafe'
  | 'feed-ahead'
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
