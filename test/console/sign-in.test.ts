/** Signing in, out and in again, in a real browser. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchChromium, withoutChromium } from '../support/chromium.ts';
import { type Concord, startConcord } from '../support/concord.ts';
import {
  assertAccessible,
  assertFitsNarrow,
  type ConsolePage,
  credentialsOf,
  openConsole,
  signIn,
  tabTo,
} from '../support/console.ts';

describe('the console, signing in', { skip: await withoutChromium() }, () => {
  let concord: Concord;
  let browser: Browser;
  before(async () => {
    [concord, browser] = await Promise.all([startConcord(), launchChromium()]);
  });
  after(async () => {
    await browser.close();
    await concord.stop();
  });
  /** Runs with a page of its own, which must stay quiet. */
  const onPage = async (use: (console: ConsolePage) => Promise<void>): Promise<void> => {
    const opened = await openConsole(browser, concord.origin);
    try {
      await use(opened);
      opened.assertQuiet();
    } finally {
      await opened.close();
    }
  };

  it('asks who one is, by keyboard alone, and leads to where one wanted to go', () =>
    onPage(async ({ page }) => {
      await page.goto('/console/customers?kind=business');
      await page.waitForURL(/\/console\/sign-in\?to=/);
      await tabTo(page, 'Login');
      await page.keyboard.type(credentialsOf(concord.harbor).login);
      await page.keyboard.press('Tab');
      await page.keyboard.type(credentialsOf(concord.harbor).password);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Customers', level: 1 }).waitFor();
      assert.match(page.url(), /\/console\/customers\?kind=business$/);
    }));

  it('says that login or password is wrong, and never which', () =>
    onPage(async ({ page }) => {
      for (const login of [credentialsOf(concord.harbor).login, 'nobody']) {
        await page.goto('/console/sign-in');
        await page.getByLabel('Login').fill(login);
        await page.getByLabel('Password', { exact: true }).fill('not the password');
        await page.getByRole('button', { name: 'Sign in' }).click();
        await page.getByRole('alert').getByText('Login or password is wrong.').waitFor();
      }
    }));

  it('says when a login is closed for a while', () =>
    onPage(async ({ page }) => {
      await page.goto('/console/sign-in');
      await page.getByLabel('Login').fill('throttled');
      await page.getByLabel('Password', { exact: true }).fill('not the password');
      const button = page.getByRole('button', { name: 'Sign in' });
      const told = page.getByText('too many attempts');
      for (let attempt = 0; attempt < 15 && !(await told.isVisible()); attempt++) {
        const answered = page.waitForResponse(/\/concord\/v1\/session$/);
        await button.click();
        await answered;
      }
      await told.waitFor();
    }));

  it('leads nowhere but to pages of its own', () =>
    onPage(async ({ page }) => {
      await page.goto(`/console/sign-in?to=${encodeURIComponent('//elsewhere.test/customers')}`);
      await page.getByLabel('Login').fill(credentialsOf(concord.harbor).login);
      await page.getByLabel('Password', { exact: true }).fill(credentialsOf(concord.harbor).password);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('heading', { name: 'Customers', level: 1 }).waitFor();
      assert.equal(new URL(page.url()).origin, concord.origin);
    }));

  it('keeps the session from scripts and from other sites', () =>
    onPage(async ({ page, context }) => {
      await signIn(page, concord.harbor);
      const [cookie] = (await context.cookies()).filter(({ name }) => name === 'concord_session');
      assert.equal(cookie?.httpOnly, true);
      assert.equal(cookie?.sameSite, 'Strict');
      assert.equal(await page.evaluate('document.cookie'), '');
    }));

  it('signs out, and what was read is gone', () =>
    onPage(async ({ page }) => {
      await signIn(page, concord.harbor);
      await page.getByRole('button', { name: /account and settings/ }).click();
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
      await page.getByRole('heading', { name: 'Sign in' }).waitFor();
      await page.goBack();
      await page.waitForURL(/sign-in/);
    }));

  it('asks again when the session ended in mid-work, and does what was being done', () =>
    onPage(async ({ page, context }) => {
      await signIn(page, concord.harbor);
      await page.getByRole('button', { name: 'New customer' }).click();
      const dialog = page.getByRole('dialog', { name: 'New customer' });
      await dialog.getByLabel('Family name').fill('Expired');
      await context.clearCookies();
      await dialog.getByRole('button', { name: 'Create' }).click();
      const again = page.getByRole('dialog', { name: 'Your session has ended' });
      await again.getByLabel('Login').fill(credentialsOf(concord.harbor).login);
      await again.getByLabel('Password', { exact: true }).fill(credentialsOf(concord.harbor).password);
      await again.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('heading', { name: 'Expired', level: 1 }).waitFor();
    }));

  it('keeps what was done while the network was away, and sends it once', () =>
    onPage(async ({ page, context }) => {
      await signIn(page, concord.harbor);
      await page.getByRole('button', { name: 'New customer' }).click();
      const dialog = page.getByRole('dialog', { name: 'New customer' });
      await dialog.getByLabel('Family name').fill('Patient');
      await context.setOffline(true);
      await dialog.getByRole('button', { name: 'Create' }).click();
      await page.getByText('The server cannot be reached.').first().waitFor();
      assert.equal(await dialog.getByLabel('Family name').inputValue(), 'Patient');
      await context.setOffline(false);
      await page.getByRole('heading', { name: 'Patient', level: 1 }).waitFor();
      const found = await concord.store.customers.list(concord.harbor.id, { limit: 100 });
      assert.equal(found.filter(({ familyName }) => familyName === 'Patient').length, 1);
    }));

  it('speaks the language that one chooses, and remembers it', () =>
    onPage(async ({ page }) => {
      await signIn(page, concord.harbor);
      await page.getByRole('button', { name: /account and settings/ }).click();
      await page.getByRole('menuitemradio', { name: 'Português' }).click();
      await page.getByRole('heading', { name: 'Clientes', level: 1 }).waitFor();
      await page.reload();
      await page.getByRole('heading', { name: 'Clientes', level: 1 }).waitFor();
      assert.equal(await page.evaluate('document.documentElement.lang'), 'pt');
    }));

  it('is accessible in both themes and fits a small phone', () =>
    onPage(async ({ page }) => {
      await page.goto('/console/sign-in');
      await page.getByLabel('Login').waitFor();
      await assertAccessible(page);
      await assertFitsNarrow(page);
    }));

  it('says that an address leads nowhere', () =>
    onPage(async ({ page }) => {
      await signIn(page, concord.harbor, '/nowhere');
      await page.getByRole('heading', { name: 'There is nothing here', level: 1 }).waitFor();
      await assertAccessible(page);
    }));
});
