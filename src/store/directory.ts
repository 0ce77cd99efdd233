/** Directories that Concord makes for its own data: private ones, and a plain word where none can be. */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { StartError } from './start-errors.ts';

/** A data directory may hold addresses of customers: nobody but its owner looks in. */
export const PRIVATE_MODE = 0o700;

/**
 * Makes it and the directories above it. Node's own recursive `mkdir` tries for ever where a directory above exists
 * and takes none, as /proc does.
 *
 * @throws StartError `directory-unusable`.
 */
export async function makeDirectory(path: string): Promise<void> {
  const error = await tryMake(path);
  if (error?.code !== 'ENOENT' || dirname(path) === path) return expectMade(path, error);
  await makeDirectory(dirname(path));
  expectMade(path, await tryMake(path));
}

const tryMake = (path: string): Promise<NodeJS.ErrnoException | undefined> =>
  mkdir(path, { mode: PRIVATE_MODE }).then(
    () => undefined,
    error => error,
  );

function expectMade(path: string, error: NodeJS.ErrnoException | undefined): void {
  if (error !== undefined && error.code !== 'EEXIST') throw unusable(path, error);
}

export const unusable = (directory: string, cause: Error): StartError =>
  new StartError(
    'directory-unusable',
    `The data directory ${directory} cannot be used: ${cause.message}. Make it writable, or choose another one.`,
    cause,
  );
