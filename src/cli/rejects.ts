/** The file of refused lines: which, and why, as JSON Lines without a word of the customers. */
import { createReadStream } from 'node:fs';
import { type FileHandle, open, rename } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Refusal } from '../record/imports.ts';

export interface Rejects {
  add(refusals: readonly Refusal[]): Promise<void>;
  close(): Promise<void>;
}

/**
 * An import that is taken up goes on in the file of the attempt before. What that attempt wrote down and did not get to
 * commit is refused again, so it is dropped first.
 */
export async function openRejects(path: string, isDone: (line: number) => boolean): Promise<Rejects> {
  const partial = `${path}.partial`;
  const file = await open(partial, 'w', 0o600);
  await copyDone(path, file, isDone);
  await rename(partial, path);
  return {
    add: async refusals => {
      await file.write(refusals.map(each => `${JSON.stringify(each)}\n`).join(''));
    },
    close: () => file.close(),
  };
}

async function copyDone(path: string, to: FileHandle, isDone: (line: number) => boolean): Promise<void> {
  const before = createReadStream(path);
  try {
    for await (const line of createInterface({ input: before, crlfDelay: Number.POSITIVE_INFINITY })) {
      const number = numberOf(line);
      if (number !== undefined && isDone(number)) await to.write(`${line}\n`);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** `undefined` for a line that was cut off, or that is somebody else's. */
function numberOf(line: string): number | undefined {
  try {
    const { line: number } = JSON.parse(line) as { line?: unknown };
    return typeof number === 'number' ? number : undefined;
  } catch {
    return undefined;
  }
}
