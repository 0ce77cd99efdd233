/** Erasure in archived changes: what concord.customer_erase does to history, done to files. */
import {
  type ArchivedChange,
  linesOf,
  type Manifest,
  manifestsIn,
  verifyFile,
  writeArchive,
} from './format.ts';

export interface ErasedArchive {
  readonly partition: number;
  /** Changes of the customer that had values until now. */
  readonly changes: number;
}

/**
 * Takes every value of a customer out of the archives of a directory. Each is written anew and verified before the old one goes,
 * so it can be interrupted and run again. Nothing to do is no error: most customers are in few archives.
 *
 * @throws StartError `archive-broken`
 */
export async function eraseInArchives(
  directory: string,
  tenant: string,
  customerId: string,
): Promise<ErasedArchive[]> {
  const erased: ErasedArchive[] = [];
  for (const manifest of await manifestsIn(directory)) {
    const number = manifest.tenants.find(({ name }) => name === tenant)?.tenant;
    if (number === undefined) continue;
    await verifyFile(directory, manifest);
    const isOne = ({ tenant, customerId: id, erased }: ArchivedChange): boolean =>
      tenant === number && id === customerId && !erased;
    const changes = await counted(directory, manifest, isOne);
    if (changes > 0) await rewrite(directory, manifest, isOne);
    erased.push({ partition: manifest.partition, changes });
  }
  return erased;
}

type Choice = (change: ArchivedChange) => boolean;

async function counted(directory: string, manifest: Manifest, isOne: Choice): Promise<number> {
  let count = 0;
  for await (const line of linesOf(directory, manifest)) if (isOne(JSON.parse(line))) count += 1;
  return count;
}

async function rewrite(directory: string, manifest: Manifest, isOne: Choice): Promise<void> {
  const { partition, firstAt, lastAt, tenants } = manifest;
  async function* lines(): AsyncGenerator<string> {
    for await (const line of linesOf(directory, manifest)) {
      const change = JSON.parse(line) as ArchivedChange;
      yield isOne(change) ? JSON.stringify(withoutValues(change)) : line;
    }
  }
  await writeArchive(directory, { partition }, lines, () => ({ firstAt, lastAt, tenants }));
}

/** Custom fields are named by whoever wrote them, orders and subscriptions by another system: those names go as well. */
export function withoutValues(change: ArchivedChange): ArchivedChange {
  const paths = change.fields.map(({ path }) =>
    path.replace(/^customFields\/.*/s, 'customFields/*').replace(/^(orders|subscriptions)\/[^/]+/, '$1/*'),
  );
  return {
    ...change,
    erased: true,
    sealed: null,
    fields: [...new Set(paths)].map(path => ({ path, before: null, after: null })),
  };
}
