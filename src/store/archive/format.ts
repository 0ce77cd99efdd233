/** Archived changes as files: gzipped JSON Lines, and beside them a manifest that says what must be in them. */
import { createHash, type Hash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { tableOf } from '../partitions.ts';
import { StartError } from '../start-errors.ts';

const FORMAT = 'concord-changes/1';

/** They hold what the database holds. */
const DIRECTORY_MODE = 0o700;
const FILE_MODE = 0o600;

/** Of one tenant in one partition. Times are ISO 8601 UTC. */
export interface ArchivedTenant {
  readonly tenant: number;
  readonly name: string;
  readonly rows: number;
  readonly firstAt: string;
  readonly lastAt: string;
  /** The place of the last one in the feed. */
  readonly lastCursor: string;
}

/** What a file holds. */
export interface Content {
  readonly rows: number;
  readonly bytes: number;
  /** Of the file, and of the lines in it. In hexadecimal. */
  readonly sha256: string;
  readonly linesSha256: string;
}

export interface Manifest extends Content {
  readonly format: typeof FORMAT;
  readonly partition: number;
  /** The name of the file beside the manifest. */
  readonly file: string;
  readonly firstAt: string | null;
  readonly lastAt: string | null;
  readonly tenants: readonly ArchivedTenant[];
  readonly writtenAt: string;
}

/** One line. */
export interface ArchivedChange {
  readonly tenant: number;
  readonly transaction: string;
  readonly sequence: number;
  readonly customerId: string;
  readonly customerNumber: number;
  readonly dialect: string;
  readonly actor: string;
  readonly requestId: string;
  readonly at: string;
  readonly event: string | null;
  readonly erased: boolean;
  readonly sealed: string | null;
  readonly fields: readonly { readonly path: string; readonly before: unknown; readonly after: unknown }[];
}

const MANIFEST = /^change_(\d{4})\.manifest\.json$/;

const manifestOf = (partition: number): string => `${tableOf(partition)}.manifest.json`;

/** Those of the directory, oldest first. @throws StartError `archive-broken` for a file that is none. */
export async function manifestsIn(directory: string): Promise<Manifest[]> {
  const names = (await readdir(directory)).filter(name => MANIFEST.test(name)).sort();
  return Promise.all(names.map(name => readManifest(join(directory, name))));
}

export async function manifestFor(directory: string, partition: number): Promise<Manifest | undefined> {
  try {
    return await readManifest(join(directory, manifestOf(partition)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function readManifest(path: string): Promise<Manifest> {
  const text = await readFile(path, 'utf8');
  try {
    const manifest = JSON.parse(text) as Manifest;
    if (manifest.format === FORMAT && /^change_\d{4}\.[0-9a-f]{16}\.jsonl\.gz$/.test(manifest.file))
      return manifest;
  } catch {
    // Said below.
  }
  throw new StartError('archive-broken', `${path} is no manifest of archived changes.`);
}

/**
 * Writes the lines, reads them back from the disk, and puts the manifest in place last: what has a manifest is whole. A
 * file that this one replaces goes only then.
 */
export async function writeArchive(
  directory: string,
  facts: Pick<Manifest, 'partition'>,
  lines: () => AsyncIterable<string>,
  summary: () => Pick<Manifest, 'firstAt' | 'lastAt' | 'tenants'>,
): Promise<Manifest> {
  await mkdir(directory, { recursive: true, mode: DIRECTORY_MODE });
  await removeStrays(directory, facts.partition);
  const partial = join(directory, `${tableOf(facts.partition)}.partial`);
  const written = await writeLines(partial, lines());
  const file = `${tableOf(facts.partition)}.${written.sha256.slice(0, 16)}.jsonl.gz`;
  const manifest: Manifest = {
    format: FORMAT,
    ...facts,
    file,
    ...written,
    ...summary(),
    writtenAt: new Date().toISOString(),
  };
  await rename(partial, join(directory, file));
  await verifyFile(directory, manifest);
  const place = join(directory, manifestOf(facts.partition));
  await writeFile(`${place}.partial`, `${JSON.stringify(manifest, null, 2)}\n`, {
    mode: FILE_MODE,
    flush: true,
  });
  await synced(directory);
  await rename(`${place}.partial`, place);
  await synced(directory);
  await removeStrays(directory, facts.partition);
  return manifest;
}

/** What an interrupted run left, and what a manifest does not name any more. */
async function removeStrays(directory: string, partition: number): Promise<void> {
  const named = await manifestFor(directory, partition);
  for (const name of await readdir(directory)) {
    const isOurs = name.startsWith(`${tableOf(partition)}.`) && !MANIFEST.test(name);
    if (isOurs && name !== named?.file) await rm(join(directory, name));
  }
  await synced(directory);
}

/** A name is on the disk when its directory is. */
async function synced(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  await handle.sync().finally(() => handle.close());
}

async function writeLines(path: string, lines: AsyncIterable<string>): Promise<Content> {
  const [hash, linesHash] = [createHash('sha256'), createHash('sha256')];
  let rows = 0;
  async function* texts(): AsyncGenerator<Buffer> {
    for await (const line of lines) {
      const text = Buffer.from(`${line}\n`);
      linesHash.update(text);
      rows += 1;
      yield text;
    }
  }
  await pipeline(
    Readable.from(texts()),
    createGzip(),
    hashing(hash),
    createWriteStream(path, { mode: FILE_MODE, flush: true }),
  );
  const { size: bytes } = await stat(path);
  return { rows, bytes, sha256: hash.digest('hex'), linesSha256: linesHash.digest('hex') };
}

const hashing = (hash: Hash): Transform =>
  new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });

/** Reads all of it from the disk. @throws StartError `archive-broken` when it is not what the manifest says. */
export async function verifyFile(directory: string, manifest: Manifest): Promise<void> {
  const [hash, linesHash] = [createHash('sha256'), createHash('sha256')];
  const counts = new Map<number, number>();
  let rows = 0;
  try {
    for await (const line of linesOf(directory, manifest, hash)) {
      linesHash.update(`${line}\n`);
      const { tenant } = JSON.parse(line) as ArchivedChange;
      counts.set(tenant, (counts.get(tenant) ?? 0) + 1);
      rows += 1;
    }
  } catch (error) {
    throw broken(manifest, `cannot be read (${(error as NodeJS.ErrnoException).code ?? 'bad content'})`);
  }
  if (hash.digest('hex') !== manifest.sha256 || linesHash.digest('hex') !== manifest.linesSha256) {
    throw broken(manifest, 'has another checksum than its manifest says');
  }
  const isCounted = manifest.tenants.every(each => counts.get(each.tenant) === each.rows);
  if (rows !== manifest.rows || !isCounted || counts.size !== manifest.tenants.length) {
    throw broken(manifest, 'has another number of changes than its manifest says');
  }
}

/** The lines of an archive, one at a time; `hash` sees the bytes of the file. */
export async function* linesOf(
  directory: string,
  { file }: Pick<Manifest, 'file'>,
  hash: Hash = createHash('sha256'),
): AsyncGenerator<string> {
  const unpacked = createGunzip();
  const reading = pipeline(createReadStream(join(directory, file)), hashing(hash), unpacked);
  reading.catch(() => {});
  const lines = createInterface({ input: unpacked, crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) yield line;
  await reading;
}

const broken = ({ file }: Manifest, what: string): StartError =>
  new StartError('archive-broken', `The archive ${file} ${what}. Nothing of it may be relied on.`);
