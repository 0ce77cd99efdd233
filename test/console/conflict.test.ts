/** Two at one record: disjoint changes come together, the same field is asked about, and a lost connection loses nothing. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { DIALECTS } from '../../src/dialects/index.ts';
import type { Customer } from '../../src/record/customer.ts';
import { call, operator } from '../support/api.ts';
import { launchChromium, withoutChromium } from '../support/chromium.ts';
import { type Concord, startConcord } from '../support/concord.ts';
import {
  assertAccessible,
  assertFitsNarrow,
  type ConsolePage,
  eventually,
  openConsole,
  signIn,
} from '../support/console.ts';
import { aCustomer, email, LISBON } from '../support/customers.ts';

describe('the console, conflicts', { skip: await withoutChromium() }, () => {
  let concord: Concord;
  let browser: Browser;
  before(async () => {
    [concord, browser] = await Promise.all([startConcord(), launchChromium()]);
  });
  after(async () => {
    await browser.close();
    await concord.stop();
  });

  const onRecord = async (
    use: (page: Page, customer: Customer, console: ConsolePage) => Promise<void>,
  ): Promise<Customer> => {
    const wish = { givenName: 'Beatriz', familyName: 'Silva', contactPoints: [email('bia@example.test')] };
    const customer = await concord.create(concord.harbor, aCustomer(wish, [{ ...LISBON, label: 'Home' }]));
    const opened = await openConsole(browser, concord.origin);
    try {
      await signIn(opened.page, concord.harbor, `/customers/${customer.id}`);
      await use(opened.page, customer, opened);
      opened.assertQuiet();
    } finally {
      await opened.close();
    }
    return concord.record(concord.harbor, customer.id);
  };
  /** Somebody else, through a vendor's API. */
  const meanwhile = async (customer: Customer, update: object): Promise<void> => {
    const customerId = DIALECTS.find(({ name }) => name === 'flexportal')!.customerId(customer);
    const path = `/v1/customers/${customerId}`;
    const answer = await concord.send(concord.harbor, 'flexportal', 'PUT', path, {
      body: { customerId, ...update },
    });
    assert.equal(answer.status, 200, answer.text);
  };
  const field = (page: Page, label: string, value: string) =>
    page.getByRole('button', { name: `${value} – Edit ${label}`, exact: true });
  const edit = async (page: Page, label: string, from: string, to: string): Promise<void> => {
    await field(page, label, from).click();
    await page.getByRole('textbox', { name: label }).fill(to);
  };

  it('brings different fields together, and says what else changed', async () => {
    const now = await onRecord(async (page, customer) => {
      await edit(page, 'Given name', 'Beatriz', 'Bia');
      await meanwhile(customer, { lastName: 'Souza' });
      await page.keyboard.press('Enter');
      await page.getByText('Also changed elsewhere meanwhile: Family name.').waitFor();
      await field(page, 'Family name', 'Souza').waitFor();
    });
    assert.deepEqual([now.givenName, now.familyName], ['Bia', 'Souza']);
  });

  it('asks about the same field, by keyboard; theirs stays when it is chosen', async () => {
    const now = await onRecord(async (page, customer) => {
      await edit(page, 'Family name', 'Silva', 'Mine');
      await meanwhile(customer, { lastName: 'Theirs', firstName: 'Eva' });
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: 'Somebody else changed the same' });
      await dialog.getByText('Silva').waitFor();
      await dialog.getByText(/demo, through FlexPortal/).waitFor();
      assert.equal(await dialog.getByRole('button', { name: 'Save the result' }).isDisabled(), true);
      await assertAccessible(page, 'the dialog');
      await assertFitsNarrow(page);
      await dialog.getByRole('radio', { name: 'Yours: Mine' }).focus();
      await page.keyboard.press('Space');
      await dialog.getByRole('cell', { name: 'Mine' }).waitFor();
      await page.keyboard.press('ArrowRight');
      await dialog.getByText('Nothing: everything stays as it is now.').waitFor();
      await assertAccessible(page, 'the dialog with its result');
      await page.keyboard.press('Enter');
      await dialog.waitFor({ state: 'hidden' });
      await field(page, 'Family name', 'Theirs').waitFor();
    });
    assert.deepEqual([now.givenName, now.familyName], ['Eva', 'Theirs']);
  });

  it('keeps the edit when the dialog is closed, and writes mine when it is chosen', async () => {
    const now = await onRecord(async (page, customer) => {
      await edit(page, 'Family name', 'Silva', 'Mine');
      await meanwhile(customer, { lastName: 'Theirs' });
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: 'Somebody else changed the same' });
      await dialog.waitFor();
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
      const input = page.getByRole('textbox', { name: 'Family name' });
      assert.equal(await input.inputValue(), 'Mine');
      // By keyboard one goes on where one was: the focus comes back.
      await eventually(page, "document.activeElement.getAttribute('aria-label') === 'Family name'");
      assert.equal((await concord.record(concord.harbor, customer.id)).familyName, 'Theirs');
      await input.press('Enter');
      await dialog.getByRole('radio', { name: 'Yours: Mine' }).check();
      await dialog.getByRole('button', { name: 'Save the result' }).click();
      await field(page, 'Family name', 'Mine').waitFor();
    });
    assert.equal(now.familyName, 'Mine');
  });

  it('keeps what is typed while the server cannot be reached, and saves it when it can', async () => {
    const now = await onRecord(async (page, customer, { context }) => {
      await edit(page, 'Given name', 'Beatriz', 'Bia');
      await context.setOffline(true);
      await page.keyboard.press('Enter');
      await page.getByText('Saved as soon as the server can be reached.').waitFor();
      await meanwhile(customer, { lastName: 'Souza' });
      assert.equal((await concord.record(concord.harbor, customer.id)).givenName, 'Beatriz');
      await context.setOffline(false);
      await field(page, 'Given name', 'Bia').waitFor();
      await field(page, 'Family name', 'Souza').waitFor();
    });
    assert.deepEqual([now.givenName, now.familyName], ['Bia', 'Souza']);
  });

  it('keeps drafts over a reload: what was on its way is saved, what was not is still typed', async () => {
    const now = await onRecord(async (page, _customer, { context }) => {
      await edit(page, 'Family name', 'Silva', 'Half a na');
      await edit(page, 'Given name', 'Beatriz', 'Bia');
      await context.setOffline(true);
      await page.keyboard.press('Enter');
      await page.getByText('Saved as soon as the server can be reached.').waitFor();
      await context.setOffline(false);
      await page.reload();
      await field(page, 'Given name', 'Bia').waitFor();
      assert.equal(await page.getByRole('textbox', { name: 'Family name' }).inputValue(), 'Half a na');
      await page.getByRole('textbox', { name: 'Family name' }).press('Escape');
      await field(page, 'Family name', 'Silva').waitFor();
    });
    assert.deepEqual([now.givenName, now.familyName], ['Bia', 'Silva']);
  });

  it('asks before it changes an address that was removed meanwhile', async () => {
    const now = await onRecord(async (page, customer) => {
      await page.getByRole('button', { name: /^Edit Home:/ }).click();
      await page.getByLabel('City').fill('Porto');
      const editor = await operator(concord, concord.harbor, { role: 'editor' });
      const { headers } = await call(editor, 'GET', `/customers/${customer.id}`);
      const answer = await call(editor, 'PATCH', `/customers/${customer.id}`, {
        headers: { 'if-match': headers.get('etag')! },
        body: { addresses: [] },
      });
      assert.equal(answer.status, 200, answer.text);
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: 'Somebody else changed the same' });
      await dialog.getByText('removed').waitFor();
      await dialog.getByRole('radio', { name: /^Yours/ }).check();
      await dialog.getByRole('button', { name: 'Save the result' }).click();
      await page.getByText('1100-048 Porto').waitFor();
    });
    assert.equal(now.addresses[0]?.address.city, 'Porto');
  });
});
