/** The live page in a real browser: changes through vendors' APIs arrive, are filtered and held, and none is missed. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { type Change, KEPT_OF_DIALECT, keyOf, withFresh } from '../../console/src/pages/live/entries.ts';
import type { Customer } from '../../src/record/customer.ts';
import { launchChromium, withoutChromium } from '../support/chromium.ts';
import { type Concord, startConcord } from '../support/concord.ts';
import {
  assertAccessible,
  assertFitsNarrow,
  type ConsolePage,
  eventually,
  openConsole,
  signIn,
  tabTo,
} from '../support/console.ts';
import { aCustomer } from '../support/customers.ts';
import { openRelay } from '../support/relay.ts';

const HOSTILE = '<img src=x onerror="alert(1)">';

const aChange = (sequence: number, dialect: string): Change => ({
  ...{ sequence, dialect, actor: 'test', requestId: 'test', at: '2026-01-01T00:00:00.000Z' },
  ...{ customerId: '0', customerNumber: 1, event: null, fields: [], erased: false },
});

/** How far the list is scrolled, in the page. */
const SCROLLED = `document.querySelector('[aria-label="Changes, newest first"]').scrollTop`;

describe('the changes that the live page keeps', () => {
  it('have the newest on top, and each once', () => {
    const first = withFresh([], [aChange(1, 'one'), aChange(2, 'one')]);
    const second = withFresh(first, [aChange(2, 'one'), aChange(3, 'two')]);
    assert.deepEqual(
      second.map(({ sequence }) => sequence),
      [3, 2, 1],
    );
    assert.equal(withFresh(second, [aChange(3, 'two')]), second);
  });

  it('are bounded for each API, so that a busy one does not push out a quiet one', () => {
    const quiet = withFresh([], [aChange(0, 'quiet')]);
    const busy = Array.from({ length: KEPT_OF_DIALECT + 50 }, (_, index) => aChange(index + 1, 'busy'));
    const kept = withFresh(quiet, busy);
    assert.equal(kept.length, KEPT_OF_DIALECT + 1);
    assert.equal(kept[0]!.sequence, KEPT_OF_DIALECT + 50);
    assert.equal(kept.at(-1)!.dialect, 'quiet');
    assert.equal(new Set(kept.map(keyOf)).size, kept.length);
  });
});

describe('the console, live', { skip: await withoutChromium() }, () => {
  let concord: Concord;
  let browser: Browser;
  let ada: Customer;
  before(async () => {
    [concord, browser] = await Promise.all([startConcord(), launchChromium()]);
    ada = await concord.create(concord.harbor, aCustomer({ givenName: 'Ada', familyName: 'Sample' }));
  });
  after(async () => {
    await browser.close();
    await concord.stop();
  });
  const onPage = async (
    use: (opened: ConsolePage) => Promise<void>,
    { path = '/live', origin = concord.origin } = {},
  ): Promise<void> => {
    const opened = await openConsole(browser, origin);
    try {
      await signIn(opened.page, concord.harbor, path);
      await connected(opened.page);
      await use(opened);
      opened.assertQuiet();
    } finally {
      await opened.close();
    }
  };
  const connected = (page: Page) => page.locator('[data-connection=live]').waitFor();
  const rowsOf = (page: Page) =>
    page.getByRole('region', { name: 'Changes, newest first' }).getByRole('listitem');

  /** A change through a vendor's API. */
  async function rename(through: 'billbee' | 'flexportal', familyName: string): Promise<void> {
    const { status, text } =
      through === 'billbee'
        ? await concord.send(concord.harbor, 'billbee', 'PUT', `/api/v1/customers/${ada.number}`, {
            body: { Id: ada.number, Name: `Ada ${familyName}`, Type: 0 },
          })
        : await renameInFlexportal(familyName);
    assert.equal(status, 200, text);
  }
  async function renameInFlexportal(lastName: string) {
    const { json } = await concord.send(concord.harbor, 'flexportal', 'GET', '/v1/customers');
    const { customerId } = json.customers[0];
    return concord.send(concord.harbor, 'flexportal', 'PUT', `/v1/customers/${customerId}`, {
      body: { customerId, firstName: 'Ada', lastName },
    });
  }

  it('waits, then shows a change through a vendor’s API as a sentence that leads to customer and history', () =>
    onPage(async ({ page }) => {
      await page.getByText('Waiting for changes').waitFor();
      await assertAccessible(page, 'live, empty');
      await rename('billbee', 'Lovelace');
      const row = rowsOf(page).first();
      await row.getByText('Billbee').waitFor();
      await row.getByRole('link', { name: 'Ada Lovelace', exact: true }).waitFor();
      assert.match(await row.innerText(), /the display name/);
      await page
        .getByTestId('announced')
        .filter({ hasText: /Customer 1/ })
        .waitFor();
      await assertAccessible(page, 'live');
      await assertFitsNarrow(page);
      await row.getByRole('link', { name: /history of Ada Lovelace/ }).click();
      await page.waitForURL(new RegExp(`/customers/${ada.id}/history\\?change=\\d+`));
      // Who comes back finds what was there, and what came in the meantime.
      await rename('billbee', 'Byron');
      await page.goBack();
      await rowsOf(page).nth(1).waitFor();
      assert.equal(await rowsOf(page).count(), 2);
    }));

  it('filters by API in the address, without losing what is not shown', () =>
    onPage(
      async ({ page }) => {
        await rename('billbee', 'One');
        await rename('flexportal', 'Two');
        await rowsOf(page).first().waitFor();
        await page.waitForTimeout(400);
        assert.equal(await rowsOf(page).count(), 1);
        assert.match(await rowsOf(page).first().innerText(), /FlexPortal/);
        await page.getByText('All', { exact: true }).click();
        await rowsOf(page).nth(1).waitFor();
        assert.equal(new URL(page.url()).search, '');
        await page.getByText('Billbee', { exact: true }).first().click();
        await page.waitForURL(/dialect=billbee/);
        assert.match(await rowsOf(page).first().innerText(), /Billbee/);
        assert.equal(await rowsOf(page).count(), 1);
      },
      { path: '/live?dialect=flexportal' },
    ));

  it('holds changes back while it is paused, by keyboard, and says how many', () =>
    onPage(async ({ page }) => {
      await tabTo(page, 'Pause');
      await page.keyboard.press('Enter');
      await rename('billbee', 'Three');
      await rename('billbee', 'Four');
      await page.getByRole('button', { name: 'Resume (2 waiting)' }).waitFor();
      assert.equal(await rowsOf(page).count(), 0);
      await assertAccessible(page, 'live, paused');
      await page.keyboard.press('Enter');
      await rowsOf(page).nth(1).waitFor();
      assert.match(await rowsOf(page).first().innerText(), /name/i);
      // From here the keyboard reaches the filter, the list and its links.
      await tabTo(page, 'All');
      await page.keyboard.press('ArrowRight');
      await page.waitForURL(/dialect=concord/);
      await page.keyboard.press('ArrowLeft');
      await tabTo(page, 'Changes, newest first');
      await tabTo(page, /^This change in the history of/);
    }));

  it('stands still while one reads further down', () =>
    onPage(async ({ page }) => {
      for (let index = 0; index < 15; index += 1) await rename('billbee', `Row ${index}`);
      await page.locator('[aria-setsize="15"]').first().waitFor();
      const list = page.getByRole('region', { name: 'Changes, newest first' });
      await list.hover();
      await page.mouse.wheel(0, 300);
      await eventually(page, `${SCROLLED} === 300`);
      const top = await page.evaluate(SCROLLED);
      await rename('billbee', 'Below');
      const fresh = page.getByRole('button', { name: 'Show new changes: 1' });
      await fresh.waitFor();
      assert.equal(await page.evaluate(SCROLLED), top);
      await fresh.click();
      await fresh.waitFor({ state: 'detached' });
      await eventually(page, `${SCROLLED} === 0`);
    }));

  it('says that the connection is lost, and misses nothing when it is back', async () => {
    const relay = await openRelay(concord.origin);
    try {
      await onPage(
        async ({ page }) => {
          await relay.cut();
          await page.locator('[data-connection=lost]').waitFor();
          await rename('billbee', 'Meanwhile');
          await rename('billbee', 'Hidden');
          await relay.mend();
          await connected(page);
          await rowsOf(page).nth(1).waitFor();
          assert.equal(await rowsOf(page).count(), 2);
          await rename('billbee', 'Afterwards');
          await rowsOf(page).nth(2).waitFor();
        },
        { origin: relay.origin },
      );
    } finally {
      await relay.close();
    }
  });

  it('shows markup in a name as text', () =>
    onPage(async ({ page }) => {
      await rename('billbee', HOSTILE);
      await rowsOf(page).first().getByRole('link', { name: HOSTILE }).first().waitFor();
      assert.equal(await page.locator('main img').count(), 0);
    }));

  it('speaks German and Portuguese', async () => {
    for (const [locale, title] of [
      ['de-DE', 'Noch keine Änderungen'],
      ['pt-PT', 'À espera de alterações'],
    ] as const) {
      const opened = await openConsole(browser, concord.origin, { locale });
      await signIn(opened.page, concord.harbor, '/live');
      await opened.page.getByText(title).waitFor();
      await opened.close();
    }
  });
});
