/** The history of a customer in a real browser: what vendors' clients changed, told in words, and taken back. */
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
import { aCustomer, email, HARRISBURG } from '../support/customers.ts';

describe('the console, history', { skip: await withoutChromium() }, () => {
  let concord: Concord;
  let browser: Browser;
  before(async () => {
    [concord, browser] = await Promise.all([startConcord(), launchChromium()]);
  });
  after(async () => {
    await browser.close();
    await concord.stop();
  });

  const onPage = async (use: (console: ConsolePage) => Promise<void>): Promise<void> => {
    const opened = await openConsole(browser, concord.origin);
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
      aCustomer({ contactPoints: [email('ada@example.test')] }, [{ ...HARRISBURG, label: 'Home' }]),
    );
  const patchAddress = async (customer: Customer, fields: object): Promise<void> => {
    const path = `/api/v1/customers/addresses/${customer.addresses[0]!.address.number}`;
    const answer = await concord.send(concord.harbor, 'billbee', 'PATCH', path, { body: fields });
    assert.equal(answer.status, 200, answer.text);
  };
  const address = async ({ id }: Customer) =>
    (await concord.record(concord.harbor, id)).addresses[0]!.address;
  const open = (page: Page, { id }: Customer, search = ''): Promise<void> =>
    signIn(page, concord.harbor, `/customers/${id}/history${search}`);
  const changes = (page: Page) => page.locator('[data-sequence]');
  const sentence = (page: Page, text: string) => page.getByRole('heading', { name: text, level: 4 });

  it('tells what a vendor’s client changed, word by word, as it happens', () =>
    onPage(async ({ page }) => {
      const customer = await newCustomer();
      await open(page, customer);
      await sentence(page, 'test created the customer through test').waitFor();
      await patchAddress(customer, { City: 'Old Harrisburg' });
      const told = 'demo changed the city of the address “Home” through Billbee';
      await sentence(page, told).waitFor({ timeout: 5_000 });
      const newest = changes(page).first();
      assert.match(await newest.innerText(), new RegExp(told));
      assert.equal(await newest.locator('ins mark').innerText(), 'Old ');
      assert.equal(await newest.locator('del').innerText(), 'Harrisburg');
      await page.getByRole('status').filter({ hasText: told }).waitFor();
      await assertAccessible(page);
      await assertFitsNarrow(page);
    }));

  it('takes back one field of a change, by keyboard, and leads to the change that this made', () =>
    onPage(async ({ page }) => {
      const customer = await newCustomer();
      await patchAddress(customer, { City: 'Pittsburgh', Zip: '15201' });
      await open(page, customer);
      await sentence(
        page,
        'demo changed the city and the postal code of the address “Home” through Billbee',
      ).waitFor();
      await page.getByRole('heading', { name: 'History', level: 2 }).click();
      await tabTo(page, /^Take back: City/);
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: 'Take back a field' });
      await dialog.getByRole('row', { name: 'City of address “Home” Pittsburgh Harrisburg' }).waitFor();
      await assertAccessible(page, 'the dialog that takes back a field');
      await tabTo(page, 'Take back');
      await page.keyboard.press('Enter');
      await dialog.waitFor({ state: 'hidden' });
      const now = await address(customer);
      assert.deepEqual([now.city, now.postalCode], ['Harrisburg', '15201']);
      await page.getByRole('link', { name: 'See the change in the history' }).click();
      await page.waitForURL(/change=\d+/);
      const linked = page.locator('[data-linked]');
      assert.match(await linked.innerText(), /^demo operator changed the city of the address “Home”/);
      assert.equal(
        await linked.getAttribute('data-sequence'),
        new URL(page.url()).searchParams.get('change'),
      );
    }));

  it('takes back a whole change', () =>
    onPage(async ({ page }) => {
      const customer = await newCustomer();
      const had = await address(customer);
      await patchAddress(customer, { City: 'Pittsburgh', Zip: '15201', Street: '1 New Road' });
      await open(page, customer);
      await changes(page).first().getByRole('button', { name: 'Take back', exact: true }).click();
      const dialog = page.getByRole('dialog', { name: 'Take back a change' });
      await dialog.getByRole('button', { name: 'Take back' }).click();
      await dialog.waitFor({ state: 'hidden' });
      const { version, updatedAt, phrasings, ...now } = await address(customer);
      assert.deepEqual(
        { ...now, version: had.version, updatedAt: had.updatedAt, phrasings: had.phrasings },
        had,
      );
      // Once more: there is nothing left to do, and it says so.
      await changes(page).nth(1).getByRole('button', { name: 'Take back', exact: true }).click();
      await dialog.getByText('Nothing to do').waitFor();
      assert.equal(await dialog.getByRole('button', { name: 'Take back' }).count(), 0);
    }));

  it('names later changes that would be lost, and overwrites them only when told to', () =>
    onPage(async ({ page }) => {
      const customer = await newCustomer();
      await patchAddress(customer, { City: 'Pittsburgh' });
      await patchAddress(customer, { City: 'Scranton' });
      await open(page, customer);
      await changes(page).nth(1).getByRole('button', { name: 'Take back', exact: true }).click();
      const dialog = page.getByRole('dialog', { name: 'Take back a change' });
      const warning = dialog.getByRole('alert');
      assert.match(await warning.innerText(), /City of address “Home” by demo/);
      const button = dialog.getByRole('button', { name: 'Overwrite and take back' });
      assert.equal(await button.isDisabled(), true);
      await assertAccessible(page, 'the dialog with a conflict');
      await assertFitsNarrow(page);
      // The link leads to the change that is in the way.
      await warning.getByRole('link', { name: 'See that change' }).click();
      await dialog.waitFor({ state: 'hidden' });
      await page.locator('[data-linked]').getByText('Scranton').waitFor();
      assert.equal((await address(customer)).city, 'Scranton');
      await changes(page).nth(1).getByRole('button', { name: 'Take back', exact: true }).click();
      await dialog.getByRole('checkbox', { name: 'Overwrite the later changes, too' }).check();
      await button.click();
      await dialog.waitFor({ state: 'hidden' });
      assert.equal((await address(customer)).city, 'Harrisburg');
    }));

  it('looks again when somebody was faster', () =>
    onPage(async ({ page }) => {
      const customer = await newCustomer();
      await patchAddress(customer, { City: 'Pittsburgh' });
      await open(page, customer);
      await changes(page).first().getByRole('button', { name: 'Take back', exact: true }).click();
      const dialog = page.getByRole('dialog', { name: 'Take back a change' });
      await dialog.getByRole('row', { name: /Pittsburgh Harrisburg/ }).waitFor();
      // The stream of changes is cut, so that the page does not know.
      await page.route('**/concord/v1/customers/*/revert', async route => {
        await page.unroute('**/concord/v1/customers/*/revert');
        await patchAddress(customer, { City: 'Scranton' });
        await route.fallback();
      });
      await dialog.getByRole('button', { name: 'Take back' }).click();
      await dialog.getByText('Changed again since').waitFor();
      assert.equal((await address(customer)).city, 'Scranton');
    }));

  it('shows the record as it was, and what is different today', () =>
    onPage(async ({ page }) => {
      const customer = await newCustomer();
      await patchAddress(customer, { City: 'Pittsburgh' });
      await open(page, customer);
      await changes(page).nth(1).getByRole('button', { name: 'As it was then' }).click();
      await page.waitForURL(/at=/);
      const drawer = page.getByRole('dialog', { name: 'As it was' });
      await drawer.getByText('One difference from today').waitFor();
      const city = drawer.locator('[data-differs]');
      assert.match(await city.innerText(), /City\s+Harrisburg\s+today: Pittsburgh/);
      await assertAccessible(page, 'the record as it was');
      await assertFitsNarrow(page);
      await drawer.getByRole('switch', { name: 'Only what is different today' }).press('Space');
      assert.equal(await drawer.locator('dt').count(), 1);
      await drawer.getByLabel('Moment').fill('2001-01-01T00:00:00.000');
      await drawer.getByRole('heading', { name: 'At this moment the customer did not exist.' }).waitFor();
      await page.keyboard.press('Escape');
      await drawer.waitFor({ state: 'hidden' });
      assert.doesNotMatch(page.url(), /at=/);
    }));

  it('shows what came through one system, all of a long history, and a linked change far down', () =>
    onPage(async ({ page }) => {
      const customer = await newCustomer();
      const origin = { tenant: concord.harbor.id, dialect: 'billbee', actor: 'demo', requestId: 'test' };
      for (let count = 0; count < 120; count++) {
        await concord.store.customers.swap(origin, { id: customer.id }, present => ({
          ...present,
          reference: `Reference ${count}`,
        }));
      }
      const history = await concord.store.changes.history(concord.harbor.id, customer.id, { limit: 200 });
      const first = history.at(-1)!;
      await open(page, customer, `?change=${first.sequence}`);
      const linked = page.locator('[data-linked]');
      await linked.waitFor();
      assert.match(await linked.innerText(), /^test created the customer/);
      assert.equal(await changes(page).count(), 121);
      await linked.locator('article:focus').waitFor();
      await page.getByRole('combobox', { name: 'Came through' }).click();
      await page.getByRole('option', { name: 'FlexPortal' }).click();
      await page.getByRole('heading', { name: 'No change came through this system' }).waitFor();
      await page.getByRole('button', { name: 'Show all systems' }).click();
      await sentence(page, 'demo changed the reference through Billbee').first().waitFor();
    }));

  it('lets viewers look and not touch, keeps erased changes without values, and speaks German', () =>
    onPage(async ({ page, context }) => {
      const customer = await newCustomer();
      await patchAddress(customer, { City: 'Pittsburgh' });
      await context.route('**/concord/v1/session', async route => {
        const answer = await route.fetch();
        await route.fulfill({ response: answer, json: { ...(await answer.json()), role: 'viewer' } });
      });
      await context.addInitScript('localStorage.setItem("concord.language", "de")');
      await open(page, customer);
      await sentence(page, 'demo hat über Billbee den Ort der Adresse „Home“ geändert').waitFor();
      assert.equal(await page.getByRole('button', { name: /Zurücknehmen/ }).count(), 0);
      await page.route('**/history?*', async route => {
        const answer = await route.fetch();
        const body = await answer.json();
        const items = body.items.map((change: { fields: object[] }) => ({
          ...change,
          erased: true,
          fields: change.fields.map(field => ({ ...field, before: null, after: null })),
        }));
        await route.fulfill({ response: answer, json: { ...body, items } });
      });
      await page.reload();
      await page.getByText('Die Werte dieser Änderung wurden gelöscht.').first().waitFor();
      await assertAccessible(page, 'erased changes');
    }));

  it('leads from the link to a customer who was removed, or erased, to the history that was kept', () =>
    onPage(async ({ page }) => {
      const customer = await newCustomer();
      const { id, number } = customer;
      const path = `/api/saas/me/customers/${number}`;
      assert.equal((await concord.send(concord.harbor, 'flecto', 'DELETE', path)).status, 204);
      await signIn(page, concord.harbor, `/customers/${id}`);
      await page.waitForURL(`**/customers/${id}/history`);
      await page.getByRole('heading', { name: 'No such customer', level: 1 }).waitFor();
      await changes(page).nth(1).waitFor();
      assert.match(await changes(page).first().innerText(), /Flecto/);
      assert.equal(await page.getByRole('button', { name: /take back|revert/i }).count(), 0);
      const origin = { tenant: concord.harbor.id, dialect: 'concord', actor: 'test', requestId: 'test' };
      await concord.store.customers.erase(origin, { id });
      await page.reload();
      await changes(page).nth(2).waitFor();
      assert.doesNotMatch(await page.locator('main').innerText(), /ada@example\.test|Market/);
      await assertAccessible(page);
      await assertFitsNarrow(page);
    }));

  it('comes up to date again when the connection was lost', () =>
    onPage(async ({ page, context }) => {
      const customer = await newCustomer();
      await open(page, customer);
      await sentence(page, 'test created the customer through test').waitFor();
      await context.setOffline(true);
      await patchAddress(customer, { City: 'Pittsburgh' });
      await context.setOffline(false);
      await sentence(page, 'demo changed the city of the address “Home” through Billbee').waitFor();
    }));

  it('says what went wrong, and tries again', () =>
    onPage(async ({ page }) => {
      const customer = await newCustomer();
      await page.route('**/history?*', route =>
        route.fulfill({
          status: 500,
          contentType: 'application/problem+json',
          json: { status: 500, code: 'internal', title: 'x', detail: 'x', requestId: 'request-7' },
        }),
      );
      await open(page, customer);
      await page.getByText('Request request-7').waitFor();
      await page.unroute('**/history?*');
      await page.getByRole('button', { name: 'Try again' }).click();
      await sentence(page, 'test created the customer through test').waitFor();
    }));
});
