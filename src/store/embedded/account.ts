/** Whom the database runs as: PostgreSQL refuses to run as root, so root lends it another account. */
import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { StartError } from '../start-errors.ts';

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** A command line, and the account to spawn it under where that is not the caller's own. */
export interface Launch {
  readonly file: string;
  readonly args: readonly string[];
  readonly account: Account | undefined;
}

const run = promisify(execFile);

/** Accounts that exist on common systems, the best one first; none is ever added to the machine. */
const LENT_ACCOUNTS = ['postgres', 'nobody'] as const;

/** Bit of CAP_DAC_OVERRIDE in `/proc/self/status` (linux/capability.h). */
const CAP_DAC_OVERRIDE = 1n << 1n;

const isRoot = (): boolean => process.getuid?.() === 0;

/** `undefined`: run as who we are. `owner` is the account that has the data directory already, if any. */
export async function databaseAccount(owner: Account | undefined): Promise<Account | undefined> {
  if (!isRoot()) {
    if (owner !== undefined && owner.uid !== process.getuid?.()) {
      throw new StartError(
        'directory-unusable',
        `The database belongs to the user with id ${owner.uid}, and this is ${process.getuid?.()}. ` +
          'Run as that user, or give this server a directory of its own.',
      );
    }
    return undefined;
  }
  if (owner !== undefined && owner.uid !== 0) return owner;
  for (const name of LENT_ACCOUNTS) {
    const account = await lookUp(name);
    if (account !== undefined) return account;
  }
  throw new StartError(
    'platform-unsupported',
    'PostgreSQL refuses to run as root, and there is neither a user `postgres` nor `nobody`. ' +
      'Run as another user, or set DATABASE_URL.',
  );
}

async function lookUp(name: string): Promise<Account | undefined> {
  try {
    const [user, group] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { uid: Number(user.stdout), gid: Number(group.stdout) };
  } catch {
    return undefined;
  }
}

/**
 * How to start a program as the account. When a directory above one of the paths is closed to it (a root-owned
 * `mktemp -d`, a checkout below /root), the program keeps the one capability that lets it pass.
 */
export async function launchAs(
  account: Account | undefined,
  file: string,
  args: readonly string[],
  paths: readonly string[],
): Promise<Launch> {
  const closed = account === undefined ? undefined : await firstClosedDirectory(account, [file, ...paths]);
  if (account === undefined || closed === undefined) return { file, args, account };
  const [setpriv, capable] = await Promise.all([hasSetpriv(), mayOverride()]);
  if (!setpriv || !capable) {
    throw new StartError(
      'directory-unusable',
      `The database runs as the user with id ${account.uid}, who may not enter ${closed}, and ` +
        `${setpriv ? 'this process lacks CAP_DAC_OVERRIDE' : '`setpriv` (util-linux) is missing'}. ` +
        `Use another directory, or allow it with: chmod o+x ${closed}`,
    );
  }
  const privileges = [
    `--reuid=${account.uid}`,
    `--regid=${account.gid}`,
    '--clear-groups',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
    '--',
  ];
  return { file: 'setpriv', args: [...privileges, file, ...args], account: undefined };
}

/** The outermost directory above one of the paths that the account may not pass, by its mode bits. */
export async function firstClosedDirectory(
  account: Account,
  paths: readonly string[],
): Promise<string | undefined> {
  const parents = new Set(paths.flatMap(ancestors));
  for (const directory of [...parents].sort((a, b) => a.length - b.length)) {
    const facts = await stat(directory).catch(() => undefined);
    if (facts === undefined) continue;
    const bit = facts.uid === account.uid ? 0o100 : facts.gid === account.gid ? 0o010 : 0o001;
    if ((facts.mode & bit) === 0) return directory;
  }
  return undefined;
}

function ancestors(path: string): string[] {
  const found: string[] = [];
  for (let at = dirname(path); ; at = dirname(at)) {
    found.push(at);
    if (at === dirname(at)) return found;
  }
}

const hasSetpriv = (): Promise<boolean> =>
  run('setpriv', ['--version']).then(
    () => true,
    () => false,
  );

async function mayOverride(): Promise<boolean> {
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '');
  const effective = /^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1];
  return effective !== undefined && (BigInt(`0x${effective}`) & CAP_DAC_OVERRIDE) !== 0n;
}
