/**
 * PostgreSQL's programs where the account that runs them can reach them.
 *
 * They look for each other with `access`, which heeds the directories above and no capability. Under a checkout
 * that only root may enter (below /root, or in a `mktemp -d`) they are copied once to a place of their own.
 */
import { createHash } from 'node:crypto';
import { chmod, cp, lstat, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { StartError } from '../start-errors.ts';
import { type Account, firstClosedDirectory } from './account.ts';
import type { Binaries } from './binaries.ts';

const PREFIX = join(tmpdir(), 'concord-postgresql-');
const OTHERS_MAY_WRITE = 0o022;

export async function reachableBinaries(binaries: Binaries, account: Account | undefined): Promise<Binaries> {
  if (account === undefined || !(await firstClosedDirectory(account, [binaries.postgres]))) return binaries;
  const native = dirname(dirname(binaries.postgres));
  // Another version is another file, so an update of the package is a copy of its own.
  const { size, mtimeMs } = await lstat(binaries.postgres);
  const name = createHash('sha256').update(`${native} ${size} ${mtimeMs}`).digest('hex').slice(0, 16);
  const copy = PREFIX + name;
  if (!(await isOurs(copy))) await copyTo(copy, native);
  return {
    initdb: join(copy, 'bin', basename(binaries.initdb)),
    postgres: join(copy, 'bin', basename(binaries.postgres)),
  };
}

/** @throws StartError when somebody else put something there, which root must not run. */
async function isOurs(copy: string): Promise<boolean> {
  const facts = await lstat(copy).catch(() => undefined);
  if (facts === undefined) return false;
  if (facts.isDirectory() && facts.uid === process.getuid?.() && (facts.mode & OTHERS_MAY_WRITE) === 0)
    return true;
  throw new StartError(
    'directory-unusable',
    `${copy} does not belong to this user. Remove it, and start again.`,
  );
}

async function copyTo(copy: string, native: string): Promise<void> {
  const draft = await mkdtemp(PREFIX);
  try {
    await cp(native, draft, { recursive: true, verbatimSymlinks: true });
    await chmod(draft, 0o755);
    await rename(draft, copy);
  } catch (cause) {
    await rm(draft, { recursive: true, force: true });
    // Another server was faster: its copy is as good.
    if (!(await isOurs(copy))) {
      throw new StartError(
        'directory-unusable',
        `PostgreSQL cannot be copied to ${copy}. Is there room for 60 MB?`,
        cause,
      );
    }
  }
}
