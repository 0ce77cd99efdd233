/** What each system sees of a customer, in a real browser: five answers, what changes in them, what they cannot tell. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { Customer } from '../../src/record/customer.ts';
import { launchChromium, withoutChromium } from '../support/chromium.ts';
import { type Concord, startConcord } from '../support/concord.ts';
import {
  assertAccessible,
  assertFitsNarrow,
  type ConsolePage,
  openConsole,
  signIn,
  tabTo,
} from '../support/console.ts';
import { aCustomer, email, LISBON } from '../support/customers.ts';

const TITLES = ['Flecto', 'FlexPortal', 'Lightening', 'connectFi', 'Billbee'];

describe('the console, views', { skip: await withoutChromium() }, () => {
  let concord: Concord;
  let browser: Browser;
  before(async () => {
    [concord, browser] = await Promise.all([startConcord(), launchChromium()]);
  });
  after(async () => {
    await browser.close();
    await concord.stop();
  });

  const onPage = async (
    use: (console: ConsolePage) => Promise<void>,
    options: Parameters<typeof openConsole>[2] = {},
  ): Promise<void> => {
    const opened = await openConsole(browser, concord.origin, options);
    try {
      await use(opened);
      opened.assertQuiet();
    } finally {
      await opened.close();
    }
  };
  const newCustomer = (): Promise<Customer> =>
    concord.create(
      concord.harbor,
      aCustomer({ reference: 'R-1', contactPoints: [email('ada@example.test')] }),
    );
  const open = (page: Page, { id }: Customer, search = ''): Promise<void> =>
    signIn(page, concord.harbor, `/customers/${id}/views${search}`);
  const column = (page: Page, title: string) => page.getByRole('article', { name: title, exact: true });

  it('shows the five answers as they stand on the wire, and how they change while one looks', () =>
    onPage(async ({ page }) => {
      const customer = await newCustomer();
      await open(page, customer);
      for (const title of TITLES) await column(page, title).getByText('Harrisburg').first().waitFor();
      const wire = await concord.send(
        concord.harbor,
        'billbee',
        'GET',
        `/api/v1/customers/${customer.number}`,
      );
      const shown = (await column(page, 'Billbee').locator('pre').first().textContent()) ?? '';
      assert.deepEqual(JSON.parse(shown.replaceAll(' (own words)', '')), wire.json);

      const path = `/api/v1/customers/addresses/${customer.addresses[0]!.address.number}`;
      const answer = await concord.send(concord.harbor, 'billbee', 'PATCH', path, {
        body: { City: 'Old Harrisburg' },
      });
      assert.equal(answer.status, 200);
      for (const title of TITLES) {
        const changed = column(page, title).locator('[data-changed]').filter({ hasText: 'Old Harrisburg' });
        await changed.first().waitFor({ timeout: 8_000 });
      }
      await page.getByRole('status').filter({ hasText: 'The views were updated.' }).waitFor();
      await assertAccessible(page);
    }));

  it('marks what a system says in its own words, and only that', () =>
    onPage(async ({ page }) => {
      await open(page, await newCustomer());
      const own = column(page, 'connectFi').locator('[data-own]');
      await own.first().waitFor();
      const texts = (await own.allTextContents()).map(text => text.replace(' (own words)', ''));
      assert.ok(texts.includes('"USA"'), 'a country code of three letters');
      assert.ok(texts.includes('"PRIMARY"'));
      assert.ok(!texts.includes('"Harrisburg"'));
    }));

  it('finds a typed value in all five, and shows where else a value stands that is pointed at', () =>
    onPage(async ({ page }) => {
      await open(page, await newCustomer());
      await column(page, 'Billbee').getByText('ada@example.test').first().waitFor();
      await page.getByLabel('Find a value').fill('ADA@example');
      for (const title of TITLES) await column(page, title).locator('mark').first().waitFor();
      assert.match(page.url(), /find=ADA/);
      const count = await page.locator('pre mark').count();
      await page
        .getByRole('status')
        .filter({ hasText: `${count} places` })
        .waitFor();
      await page.keyboard.press('Escape');
      await page.locator('pre mark').first().waitFor({ state: 'detached' });
      await column(page, 'Flecto').locator('[data-text="Harrisburg"]').first().hover();
      for (const title of TITLES) {
        await column(page, title).locator('[data-text="Harrisburg"][data-pointed]').first().waitFor();
      }
      assert.equal(await page.locator('[data-pointed]:not([data-text="Harrisburg"])').count(), 0);
    }));

  it('says in words what a system cannot tell, and why', () =>
    onPage(async ({ page }) => {
      const customer = await concord.create(concord.harbor, aCustomer({ reference: 'R-1' }, [LISBON]));
      await open(page, customer);
      const flecto = column(page, 'Flecto');
      await flecto.getByText(/^Cannot tell \d+ values$/).focus();
      await page.keyboard.press('Enter');
      await flecto.getByRole('heading', { name: 'Flecto has no attribute for it.' }).waitFor();
      await flecto
        .getByRole('listitem')
        .filter({ hasText: /^Reference$/ })
        .waitFor();
      const connectfi = column(page, 'connectFi');
      await connectfi.getByText(/^Cannot tell/).click();
      await connectfi.getByRole('heading', { name: 'PT has no US state.' }).waitFor();
      await connectfi.getByRole('listitem').filter({ hasText: 'Address “Rua Augusta 12”' }).waitFor();
      await assertAccessible(page);
    }));

  it('copies the answer, and the request with a place for the credential', () =>
    onPage(
      async ({ page }) => {
        const customer = await newCustomer();
        await open(page, customer);
        const copied = () => page.evaluate('navigator.clipboard.readText()') as Promise<string>;
        const flexportal = column(page, 'FlexPortal');
        await flexportal.getByRole('button', { name: 'Copy: JSON' }).click();
        await flexportal.getByRole('button', { name: 'Copied: JSON' }).waitFor();
        const wire = JSON.parse(await copied());
        assert.equal(wire.firstName, 'Ada');
        await flexportal.getByRole('button', { name: 'Copy: curl' }).click();
        await flexportal.getByRole('button', { name: 'Copied: curl' }).waitFor();
        assert.equal(
          await copied(),
          `curl -s -H 'Authorization: Bearer <API-KEY>' -H 'Tenant-ID: harbor' '${concord.origin}/v1/customers/${wire.customerId}'`,
        );
      },
      { permissions: ['clipboard-read', 'clipboard-write'] },
    ));

  it('shows the systems one chooses, and one at a time on a narrow screen', () =>
    onPage(async ({ page }) => {
      await open(page, await newCustomer());
      await column(page, 'Flecto').waitFor();
      await page.getByRole('heading', { name: 'Views', level: 2 }).click();
      await tabTo(page, 'Flecto');
      await page.keyboard.press('Space');
      await column(page, 'Flecto').waitFor({ state: 'detached' });
      assert.equal(await page.getByRole('article').count(), 4);
      await page.setViewportSize({ width: 360, height: 740 });
      const tab = page.getByRole('tab', { name: 'Lightening' });
      await tab.click();
      await column(page, 'Lightening').waitFor();
      assert.equal(await page.getByRole('article').count(), 1);
      await assertFitsNarrow(page);
      await page.getByRole('switch', { name: 'Hide what is empty' }).press('Space');
      assert.equal(await page.locator('pre .null').count(), 0);
      await assertAccessible(page, 'views on a narrow screen');
    }));

  it('shows hostile values as text', () =>
    onPage(async ({ page }) => {
      const hostile = '<img src=x onerror="alert(1)">';
      await open(page, await concord.create(concord.harbor, aCustomer({ familyName: hostile })));
      await column(page, 'Flecto')
        .getByText(JSON.stringify(`Ada ${hostile}`))
        .waitFor();
      assert.equal(await page.locator('img[src="x"]').count(), 0);
    }));

  it('says what went wrong, and tries again', () =>
    onPage(async ({ page }) => {
      const customer = await newCustomer();
      await page.route('**/concord/v1/**/views', route =>
        route.fulfill({
          status: 500,
          contentType: 'application/problem+json',
          json: { status: 500, code: 'internal', title: 'x', detail: 'x', requestId: 'request-7' },
        }),
      );
      await open(page, customer);
      await page.getByText('Request request-7').waitFor();
      await page.unroute('**/concord/v1/**/views');
      await page.getByRole('button', { name: 'Try again' }).click();
      await column(page, 'Flecto').waitFor();
    }));
});
