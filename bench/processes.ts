/** What the kernel says of processes: processor time and memory. Linux; elsewhere there is nothing to say. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

const entries = (path: string): string[] => {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
};

/** The process, its children, and theirs. */
export function familyOf(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of entries('/proc')) {
    // "pid (name) state parent …", where the name may hold anything.
    const stat = /^\d+$/.test(name) ? read(`/proc/${name}/stat`) : undefined;
    if (stat !== undefined)
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
  }
  const family = [root];
  for (const parent of family) {
    for (const [pid, of] of parents) if (of === parent) family.push(pid);
  }
  return family;
}

/** Of all threads of the process since it began. Exact, unlike the ticks of `/proc/PID/stat`. */
export function processorMicroseconds(pid: number): number {
  return entries(`/proc/${pid}/task`).reduce(
    (sum, task) => sum + Number(read(`/proc/${pid}/task/${task}/schedstat`)?.split(' ')[0] ?? 0) / 1_000,
    0,
  );
}

export const residentBytes = (pid: number): number =>
  Number(/^VmRSS:\s*(\d+) kB/m.exec(read(`/proc/${pid}/status`) ?? '')?.[1] ?? 0) * 1_024;

/** What PostgreSQL calls its processes that serve no client. */
const BACKGROUND =
  /checkpointer|background writer|walwriter|walsummarizer|archiver|launcher|worker|startup|\/postgres/;

export interface DatabaseProcesses {
  readonly backends: readonly number[];
  readonly background: readonly number[];
}

/** Those of the embedded database in this directory. */
export function databaseProcesses(directory: string): DatabaseProcesses {
  const postmaster = Number(read(join(directory, 'postgres/postmaster.pid'))?.split('\n')[0]);
  const family = Number.isInteger(postmaster) ? familyOf(postmaster) : [];
  const isBackground = (pid: number) => BACKGROUND.test(read(`/proc/${pid}/cmdline`) ?? '');
  return {
    backends: family.filter(pid => !isBackground(pid)),
    background: family.filter(isBackground),
  };
}

/** The processes of a server: its workers, too, but not its database. */
export const serverProcesses = (pid: number): number[] =>
  familyOf(pid).filter(each => !/postgres/.test(read(`/proc/${each}/comm`) ?? ''));
