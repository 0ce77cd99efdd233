/** Programs that tests need beside Node: the system's own, installed from Debian's packages where that can be done. */
import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

export interface Program {
  /** As it may be called. */
  readonly names: readonly string[];
  /** Beside the search path. */
  readonly places: readonly string[];
  readonly debianPackage: string;
}

const run = promisify(execFile);

const INSTALL_MILLISECONDS = 300_000;
const LOOK_MILLISECONDS = 500;

/** Where it is, after installing it if need be; `undefined` where it is not to be had. */
export async function findProgram(program: Program): Promise<string | undefined> {
  return installed(program) ?? (await install(program));
}

function installed({ names, places }: Program): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return [...folders.flatMap(folder => names.map(name => join(folder, name))), ...places].find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function install(program: Program): Promise<string | undefined> {
  if (process.getuid?.() !== 0 || !isProgram('/usr/bin/apt-get')) return undefined;
  // Test files run beside each other; one installs, the others wait for it.
  const lock = join(tmpdir(), `concord-${program.debianPackage}-install.lock`);
  // A folder, because making one either succeeds or says that another was faster.
  while (
    !(await mkdir(lock).then(
      () => true,
      () => false,
    ))
  ) {
    await sleep(LOOK_MILLISECONDS);
    const path = installed(program);
    if (path) return path;
    // Left behind by a run that was killed.
    const age = await stat(lock).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > INSTALL_MILLISECONDS) await rm(lock, { recursive: true, force: true });
  }
  try {
    const options = {
      // A server that comes with its package is not started: the tests start their own.
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
      timeout: INSTALL_MILLISECONDS,
    };
    await run('apt-get', ['update', '-qq'], options);
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', program.debianPackage], options);
  } catch {
    // No network, no Debian: the reason of the skipped tests says what to do.
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
  return installed(program);
}
