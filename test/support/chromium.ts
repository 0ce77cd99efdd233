/** Chromium for tests: the system's own, installed from Debian's packages where that can be done. */
import { type Browser, chromium } from 'playwright-core';
import { findProgram } from './debian.ts';

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
  return findProgram({ names: NAMES, places: PLACES, debianPackage: 'chromium' });
}
