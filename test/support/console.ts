/** The console in a real browser against a real server: signing in, and what every page owes. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { DEMO_PASSWORD } from '../../src/cli/demo/access.ts';
import type { TestTenant } from './concord.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The page has been laid out and painted after what happened before. */
const TWO_FRAMES = 'new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)))';

/** Wide as a small phone. */
const NARROW = { width: 360, height: 740 };

export interface ConsolePage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Fails when the page asked for anything but this server, broke its Content-Security-Policy or threw. */
  assertQuiet(): void;
  close(): Promise<void>;
}

/** A page of its own, with cookies of its own. Everything that is not the server itself is refused and remembered. */
export async function openConsole(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<ConsolePage> {
  const context = await browser.newContext({
    baseURL: origin,
    locale: 'en-GB',
    viewport: { width: 1280, height: 800 },
    ...options,
  });
  const complaints: string[] = [];
  await context.route('**/*', route => {
    const url = route.request().url();
    if (url.startsWith(`${origin}/`) || url.startsWith('data:') || url.startsWith('blob:'))
      return route.fallback();
    complaints.push(`asked for ${url}`);
    return route.abort();
  });
  const page = await context.newPage();
  page.on('pageerror', error => complaints.push(`threw ${error}`));
  page.on('console', message => {
    if (/Content.Security.Policy/i.test(message.text())) complaints.push(message.text());
  });
  return {
    page,
    context,
    assertQuiet: () => assert.deepEqual(complaints, []),
    close: () => context.close(),
  };
}

/** Signs in as the tenant's operator, without the page; `path` is then opened: `/customers`. */
export async function signIn(page: Page, tenant: TestTenant, path = '/customers'): Promise<void> {
  const answer = await page.context().request.post('/concord/v1/session', { data: credentialsOf(tenant) });
  assert.equal(answer.status(), 200, await answer.text());
  await page.goto(`/console${path}`);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
}

/** Login and password of the tenant's operator. */
export const credentialsOf = (tenant: TestTenant): { login: string; password: string } => ({
  login: tenant.name,
  password: DEMO_PASSWORD,
});

/** No violation of WCAG 2.2 A and AA and of axe's best practices, in the light and in the dark. */
export async function assertAccessible(page: Page, context?: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // Colours go over into each other; half-way they have the contrast of neither theme.
    await eventually(page, `document.documentElement.dataset.mantineColorScheme === '${colorScheme}'`);
    await page.evaluate(TWO_FRAMES);
    await eventually(page, "document.getAnimations().every(({ playState }) => playState !== 'running')");
    // By the debugger, because the page's policy lets no stranger's script in.
    if (!(await page.evaluate('typeof axe === "object"'))) await page.evaluate(AXE);
    const found = (await page.evaluate(
      `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
        violations.map(({ id, nodes }) => id + ': ' + nodes.map(node => node.html.slice(0, 200) + ' ' + (node.any[0]?.message ?? '')).join(' | ')))`,
    )) as string[];
    assert.deepEqual(found, [], `${context ?? page.url()} in ${colorScheme}`);
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
}

/** Waits until the expression is true in the page. Not `waitForFunction`, which evaluates text, as the page's policy forbids. */
export async function eventually(page: Page, expression: string, milliseconds = 10_000): Promise<void> {
  const until = Date.now() + milliseconds;
  while (!(await page.evaluate(expression))) {
    if (Date.now() > until) assert.fail(`never true on ${page.url()}: ${expression}`);
    await page.waitForTimeout(20);
  }
}

/** The page fits into 360 px: nothing but boxes of its own scrolls sideways. */
export async function assertFitsNarrow(page: Page): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize(NARROW);
  await page.evaluate(TWO_FRAMES);
  // The navigation goes away step by step; until then there is less room than there will be.
  await eventually(page, "document.getAnimations().every(({ playState }) => playState !== 'running')");
  const over = await page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  assert.equal(over, 0, `${page.url()} is ${over} px wider than ${NARROW.width}`);
  if (before) await page.setViewportSize(before);
}

/** Presses Tab until the element has the focus; fails when it is not reached.  */
export async function tabTo(page: Page, name: RegExp | string, maximum = 60): Promise<void> {
  const seen: string[] = [];
  for (let step = 0; step < maximum; step++) {
    await page.keyboard.press('Tab');
    const label = (await page.evaluate(FOCUSED)) as string;
    seen.push(label);
    if (typeof name === 'string' ? label === name : name.test(label)) return;
  }
  assert.fail(`Tab does not reach ${name}; it stops at: ${seen.join(', ')}`);
}

/** The name of what has the focus, nearly as a screen reader says it. */
const FOCUSED = `(() => {
  const element = document.activeElement;
  const label = element?.labels?.[0]?.textContent;
  return (element?.getAttribute('aria-label') ?? label ?? element?.textContent ?? '').trim();
})()`;
