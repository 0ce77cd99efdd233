/** Makes the data directory, in such a way that a half-made one never stands where a whole one belongs. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { unusable } from '../directory.ts';
import { StartError } from '../start-errors.ts';
import { type Account, launchAs } from './account.ts';
import { type Binaries, POSTGRES_MAJOR } from './binaries.ts';
import type { Layout } from './layout.ts';
import { isAlive } from './postmaster.ts';
import { ENVIRONMENT, initdbArguments } from './settings.ts';

const run = promisify(execFile);

/** initdb takes 0.6 s here; a minute is for a slow disk under load. */
const INITDB_TIMEOUT_MS = 60_000;

/** An unfinished directory of another machine that is older than this belongs to nobody any more. */
const UNFINISHED_MAXIMUM_MS = 600_000;

const PREFIX = 'postgres.new-';

/** Who has the database files, or `undefined` when there are none yet. */
export async function ownerOf(layout: Layout): Promise<Account | undefined> {
  const version = await readFile(join(layout.data, 'PG_VERSION'), 'utf8').catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw unusable(layout.data, error);
    },
  );
  if (version === undefined) return undefined;
  if (version.trim() !== POSTGRES_MAJOR) {
    throw new StartError(
      'database-failed',
      `${layout.data} was made by PostgreSQL ${version.trim()}, and this is ${POSTGRES_MAJOR}. ` +
        'Move its contents with pg_dump and pg_restore of the older version.',
    );
  }
  const facts = await stat(layout.data);
  return { uid: facts.uid, gid: facts.gid };
}

/**
 * Runs initdb in a sibling and renames it into place. Two at once make one each; the rename onto a directory
 * that is not empty fails, and so the first one stands.
 */
export async function initialize(
  layout: Layout,
  binaries: Binaries,
  account: Account | undefined,
): Promise<void> {
  await removeUnfinished(layout.root);
  const name = `${PREFIX}${hostname()}-${process.pid}-${randomBytes(4).toString('hex')}`;
  const unfinished = join(layout.root, name);
  try {
    await mkdir(unfinished, { mode: 0o700 });
    if (account) await chown(unfinished, account.uid, account.gid);
  } catch (error) {
    throw unusable(layout.root, error as Error);
  }
  try {
    const args = initdbArguments(unfinished);
    const launch = await launchAs(account, binaries.initdb, args, [unfinished]);
    await run(launch.file, [...launch.args], {
      cwd: '/',
      env: { ...ENVIRONMENT },
      timeout: INITDB_TIMEOUT_MS,
      ...(launch.account ? { uid: launch.account.uid, gid: launch.account.gid } : {}),
    });
    await rename(unfinished, layout.data);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    const { code, stderr } = error as { code?: unknown; stderr?: string };
    if (code === 'ENOTEMPTY' || code === 'EEXIST') return;
    if (error instanceof StartError) throw error;
    throw new StartError(
      'database-failed',
      `The database could not be made in ${layout.data}: ${stderr?.trim() || (error as Error).message}`,
      error,
    );
  }
}

async function removeUnfinished(root: string): Promise<void> {
  for (const name of await readdir(root)) {
    if (!name.startsWith(PREFIX)) continue;
    const path = join(root, name);
    const facts = await stat(path).catch(() => undefined);
    const rest = name.slice(PREFIX.length);
    const pid = Number(rest.split('-').at(-2));
    const here = rest.startsWith(`${hostname()}-`);
    const old = facts !== undefined && Date.now() - facts.mtimeMs > UNFINISHED_MAXIMUM_MS;
    if (!(here && !isAlive(pid)) && !old) continue;
    // The initdb of a server that was killed may still be writing; what it leaves goes at the next start.
    await rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }).catch(() => {});
  }
}

/** Files that root owns, after a restore for instance, go to the account that the database runs as. */
export async function giveTo(account: Account, path: string): Promise<void> {
  await chown(path, account.uid, account.gid);
  for (const entry of await readdir(path, { withFileTypes: true, recursive: true })) {
    if (entry.isSymbolicLink()) continue;
    await chown(join(entry.parentPath, entry.name), account.uid, account.gid);
  }
}
