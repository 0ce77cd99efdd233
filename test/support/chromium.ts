/** Chromium for tests: the system's own, installed from Debian's packages where that can be done. */
import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';

const run = promisify(execFile);

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
/** Beside the search path: where macOS has it. */
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Nothing but the page that is tested: no look-ups of its own, no updates, no QUIC. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const HOW =
  'no Chromium: install it (Debian: apt-get install chromium) or set CHROMIUM_PATH to its program, then run the tests again';

/** Test files run beside each other; one installs, the others wait for it. */
const LOCK = join(tmpdir(), 'concord-chromium-install.lock');
const INSTALL_MILLISECONDS = 300_000;
const LOOK_MILLISECONDS = 500;

/** What a suite says: `describe('…', { skip: await withoutChromium() }, …)`: `false`, or why it cannot run and how it could. */
export async function withoutChromium(): Promise<string | false> {
  return (await executable()) === undefined ? HOW : false;
}

/** One browser for a test file, with a profile of its own. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = await executable();
  if (executablePath === undefined) throw new Error(HOW);
  return chromium.launch({ executablePath, args: FLAGS });
}

let found: Promise<string | undefined> | undefined;
const executable = (): Promise<string | undefined> => {
  found ??= find();
  return found;
};

async function find(): Promise<string | undefined> {
  const { CHROMIUM_PATH } = process.env;
  if (CHROMIUM_PATH) return CHROMIUM_PATH;
  return installed() ?? (await install());
}

function installed(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return [...folders.flatMap(folder => NAMES.map(name => join(folder, name))), ...PLACES].find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function install(): Promise<string | undefined> {
  if (process.getuid?.() !== 0 || !isProgram('/usr/bin/apt-get')) return undefined;
  // A folder, because making one either succeeds or says that another was faster.
  while (
    !(await mkdir(LOCK).then(
      () => true,
      () => false,
    ))
  ) {
    await sleep(LOOK_MILLISECONDS);
    const program = installed();
    if (program) return program;
    // Left behind by a run that was killed.
    const age = await stat(LOCK).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > INSTALL_MILLISECONDS) await rm(LOCK, { recursive: true, force: true });
  }
  try {
    const options = {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      timeout: INSTALL_MILLISECONDS,
    };
    await run('apt-get', ['update', '-qq'], options);
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], options);
  } catch {
    // No network, no Debian: the reason of the skipped tests says what to do.
  } finally {
    await rm(LOCK, { recursive: true, force: true });
  }
  return installed();
}
