/** Where the embedded database lives: its data below the data directory, its socket in a short path. */
import { createHash } from 'node:crypto';
import { chmod, chown, lstat, mkdir, realpath, rm, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeDirectory, PRIVATE_MODE } from '../directory.ts';
import { StartError } from '../start-errors.ts';
import type { Account } from './account.ts';

export interface Layout {
  /** The real path of the data directory, which stays the caller's. */
  readonly root: string;
  /** The database's own directory. */
  readonly data: string;
  readonly log: string;
  readonly sockets: string;
}

export const SOCKET_PORT = 5432;
const SOCKET_NAME = `.s.PGSQL.${SOCKET_PORT}`;

/** `sun_path` of a Unix socket holds 108 bytes, the last of which is a zero (unix(7)); macOS has 104. */
const SOCKET_PATH_MAXIMUM_BYTES = 103;

export async function layOut(directory: string): Promise<Layout> {
  await makeDirectory(directory);
  const root = await realpath(directory);
  const name = `concord-${createHash('sha256').update(root).digest('hex').slice(0, 16)}`;
  const candidates = [join(tmpdir(), name), join('/tmp', name)];
  const sockets = candidates.find(path => Buffer.byteLength(socketPath(path)) <= SOCKET_PATH_MAXIMUM_BYTES);
  return {
    root,
    data: join(root, 'postgres'),
    log: join(root, 'postgres.log'),
    sockets: sockets ?? candidates[1]!,
  };
}

export const socketPath = (sockets: string): string => join(sockets, SOCKET_NAME);

/** Makes the socket directory, or takes over one that is ours and nobody else's. */
export async function claimSocketDirectory(path: string, account: Account | undefined): Promise<void> {
  try {
    await mkdir(path, { mode: PRIVATE_MODE });
    if (account) await chown(path, account.uid, account.gid);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    await verifySocketDirectory(path, account);
    if (account) await chown(path, account.uid, account.gid);
    await chmod(path, PRIVATE_MODE);
  }
}

/** Refuses a link or a directory that somebody else put there: whoever owns it answers in our name. */
export async function verifySocketDirectory(path: string, account: Account | undefined): Promise<void> {
  const facts = await lstat(path);
  const owners = [process.getuid?.(), account?.uid];
  if (facts.isDirectory() && owners.includes(facts.uid)) return;
  throw new StartError(
    'directory-unusable',
    `${path} exists and does not belong to this user. Remove it, or set TMPDIR to another directory.`,
  );
}

export async function removeSocketDirectory(path: string): Promise<void> {
  await rm(socketPath(path), { force: true });
  await rm(`${socketPath(path)}.lock`, { force: true });
  await rmdir(path).catch(() => {});
}
