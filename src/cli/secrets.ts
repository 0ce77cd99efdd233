/** Secrets that a server on its own data directory makes for itself, once. */
import { randomBytes } from 'node:crypto';
import { link, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeDirectory } from '../store/directory.ts';

/** Reads a secret file, or makes it with `generate`; only its owner may read it. */
export async function secretFile(
  directory: string,
  name: string,
  generate: () => string | Promise<string>,
): Promise<string> {
  const path = join(directory, name);
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  await makeDirectory(directory);
  const draft = join(directory, `.${name}.${process.pid}`);
  await writeFile(draft, await generate(), { mode: 0o600, flush: true });
  try {
    // A link appears whole or not at all, and fails when another process was faster: its secret is the one.
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await unlink(draft);
  }
  return readFile(path, 'utf8');
}

/** The key that seals identity documents in the embedded database. */
export async function ownEncryptionKey(directory: string): Promise<{ id: string; key: Buffer }> {
  const text = await secretFile(directory, 'encryption.key', () => randomBytes(32).toString('base64'));
  return { id: 'own', key: Buffer.from(text, 'base64') };
}
