/** The customers page in a real browser: search, keyboard, filters, ten thousand rows, a new customer. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { BATCH, insertCustomers } from '../../bench/insert.ts';
import { connect } from '../../src/store/connection.ts';
import { launchChromium, withoutChromium } from '../support/chromium.ts';
import { type Concord, startConcord, type TestTenant } from '../support/concord.ts';
import {
  assertAccessible,
  assertFitsNarrow,
  type ConsolePage,
  eventually,
  openConsole,
  signIn,
} from '../support/console.ts';
import { aCustomer, email, LISBON } from '../support/customers.ts';

/** To scroll through, and to search among. */
const MANY = 10_000;
const CROWD = 100_000;
/** For all pages of the list, one after the other. */
const SCROLL_MILLISECONDS = 60_000;
const rowName = (index: number): string => `Row ${String(index).padStart(5, '0')}`;

const HOSTILE = '<img src=x onerror="alert(1)"><script>alert(2)</script>';

describe('the console, customers', { skip: await withoutChromium() }, () => {
  let concord: Concord;
  let browser: Browser;
  let many: TestTenant;
  let crowd: TestTenant;
  /** A tenant with so many customers, put in in bulk. */
  const filled = async (name: string, count: number): Promise<TestTenant> => {
    const tenant = await concord.tenant(name);
    const sql = connect(concord.store.target, { connections: 1, application: 'test', unlimited: true });
    for (let from = 0; from < count; from += BATCH)
      await insertCustomers(
        sql,
        tenant.id,
        Array.from({ length: BATCH }, (_, index) =>
          aCustomer({ number: from + index + 1, familyName: rowName(from + index) }, []),
        ),
      );
    await sql.unsafe('vacuum analyze concord.customer, concord.search_word');
    await sql.end();
    return tenant;
  };
  before(async () => {
    [concord, browser] = await Promise.all([startConcord(), launchChromium()]);
    for (const customer of [
      aCustomer({ givenName: 'Beatriz', familyName: 'Silva', contactPoints: [email('bia@example.test')] }, [
        LISBON,
      ]),
      aCustomer({ givenName: 'Jonathan', familyName: 'Appleseed' }),
      aCustomer({ kind: 'business', givenName: null, familyName: null, company: 'Quayside Chandlery' }),
      aCustomer({ givenName: HOSTILE, familyName: 'Hostile' }),
    ])
      await concord.create(concord.harbor, customer);
    many = await filled('many', MANY);
    crowd = await filled('crowd', CROWD);
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
  const rowsOf = (page: Page) =>
    page
      .getByRole('grid')
      .getByRole('row')
      .filter({ has: page.locator('a') });
  /** Waits until the grid has exactly these names, in this order. */
  const expectNames = (page: Page, names: readonly string[]): Promise<void> =>
    eventually(
      page,
      `JSON.stringify([...document.querySelectorAll('[role=grid] [role=row] a')].map(link => link.textContent)) === ${JSON.stringify(
        JSON.stringify(names),
      )}`,
    );

  it('finds a customer by a badly typed name, by keyboard alone', () =>
    onPage(async ({ page }) => {
      await signIn(page, concord.harbor);
      await rowsOf(page).first().waitFor();
      await page.keyboard.press('/');
      await page.keyboard.type('betriz slva');
      await expectNames(page, ['Beatriz Silva']);
      await page.waitForURL(/query=betriz/);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Beatriz Silva', level: 1 }).waitFor();
      await page.goBack();
      await expectNames(page, ['Beatriz Silva']);
      assert.equal(
        await page.getByRole('combobox', { name: 'Search customers' }).inputValue(),
        'betriz slva',
      );
    }));

  it('moves with arrows, tells which row is the active one, and clears with Esc', () =>
    onPage(async ({ page }) => {
      await signIn(page, concord.harbor, '/customers?sort=name');
      await rowsOf(page).first().waitFor();
      await page.keyboard.press('/');
      const box = page.getByRole('combobox', { name: 'Search customers' });
      const active = async (): Promise<string> => {
        const id = (await box.getAttribute('aria-activedescendant')) ?? '';
        const row = page.locator(`[id="${id}"]`);
        assert.equal(await row.getAttribute('aria-selected'), 'true');
        return row.locator('a').innerText();
      };
      const names = await rowsOf(page).locator('a').allInnerTexts();
      assert.equal(await active(), names[0]);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      assert.equal(await active(), names[2]);
      await page.keyboard.press('ArrowUp');
      assert.equal(await active(), names[1]);
      await page.keyboard.type('zzzz');
      await page.getByRole('heading', { name: 'Nobody found' }).waitFor();
      await page.keyboard.press('Escape');
      assert.equal(await box.inputValue(), '');
      await expectNames(page, names);
      // Faster than any answer, and yet the right one.
      await page.keyboard.type('quayside');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Quayside Chandlery', level: 1 }).waitFor();
    }));

  it('filters by what the address says, and writes it there', () =>
    onPage(async ({ page }) => {
      await signIn(page, concord.harbor, '/customers?kind=business');
      await expectNames(page, ['Quayside Chandlery']);
      await page.getByText('1 customer', { exact: true }).waitFor();
      await page.getByLabel('Kind').selectOption('individual');
      await page.getByLabel('Country').selectOption('PT');
      await expectNames(page, ['Beatriz Silva']);
      assert.match(page.url(), /kind=individual/);
      assert.match(page.url(), /country=PT/);
      await page.getByLabel('Status').selectOption('inactive');
      await page.getByRole('heading', { name: 'No customer passes these filters' }).waitFor();
      await page.getByRole('button', { name: 'Clear the filters' }).click();
      await page.getByText('4 customers', { exact: true }).waitFor();
    }));

  it('shows hostile names as text', () =>
    onPage(async ({ page }) => {
      await signIn(page, concord.harbor, '/customers?query=hostile');
      await page.getByRole('link', { name: `${HOSTILE} Hostile`, exact: true }).waitFor();
      await page.keyboard.press('/');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: `${HOSTILE} Hostile`, level: 1, exact: true }).waitFor();
      assert.equal(await page.locator('img[src="x"]').count(), 0);
    }));

  it('makes a customer, with the server’s complaints at their fields', () =>
    onPage(async ({ page }) => {
      await signIn(page, concord.harbor);
      await page.getByRole('button', { name: 'New customer' }).click();
      const dialog = page.getByRole('dialog', { name: 'New customer' });
      await assertAccessible(page, 'the dialog for a new customer');
      await dialog.getByLabel('Given name').fill('Nova');
      await dialog.getByLabel('Family name').fill('Arrival');
      const mail = dialog.getByLabel('E-mail');
      await mail.fill(`${'x'.repeat(300)}@example.test`);
      await dialog.getByRole('button', { name: 'Create' }).click();
      await eventually(
        page,
        `document.querySelector('[role=dialog] input[type=email]')?.getAttribute('aria-invalid') === 'true'`,
      );
      assert.equal(await dialog.getByLabel('Given name').inputValue(), 'Nova');
      await mail.fill('nova@example.test');
      await dialog.getByRole('button', { name: 'Create' }).click();
      await page.getByRole('heading', { name: 'Nova Arrival', level: 1 }).waitFor();
      const [stored] = (await concord.store.customers.list(concord.harbor.id, { limit: 100 })).filter(
        ({ familyName }) => familyName === 'Arrival',
      );
      assert.deepEqual(
        stored?.contactPoints.map(({ kind, value }) => [kind, value]),
        [['email', 'nova@example.test']],
      );
      await concord.store.customers.remove(
        { tenant: concord.harbor.id, dialect: 'test', actor: 'test', requestId: 'test' },
        { id: stored!.id },
      );
    }));

  it('scrolls through ten thousand rows with few of them in the page', () =>
    onPage(async ({ page }) => {
      await signIn(page, many, '/customers?sort=name');
      await page.getByText('10,000 customers', { exact: true }).waitFor();
      let most = 0;
      const last = page.getByRole('link', { name: `Ada ${rowName(MANY - 1)}`, exact: true });
      const until = Date.now() + SCROLL_MILLISECONDS;
      while ((await last.count()) === 0 && Date.now() < until) {
        await page.evaluate('window.scrollTo(0, document.documentElement.scrollHeight)');
        most = Math.max(most, await rowsOf(page).count());
      }
      await last.waitFor();
      assert.ok(most < 80, `${most} rows at once`);
      assert.equal(await page.getByRole('grid').getAttribute('aria-rowcount'), String(MANY + 1));
      // Back up with everything loaded: how long do frames take that show other rows each?
      const frames = (await page.evaluate(`(async () => {
        const times = [];
        let before = performance.now();
        for (let y = document.documentElement.scrollHeight; y > 0; y -= 3000) {
          window.scrollTo(0, y);
          await new Promise(resolve => requestAnimationFrame(resolve));
          times.push(performance.now() - before);
          before = performance.now();
        }
        return times.sort((a, b) => a - b);
      })()`)) as number[];
      // The best tenth, because test files share the machine; 34 ms are two frames of a screen of 60 a second.
      const quick = frames[Math.floor(frames.length / 10)]!;
      assert.ok(quick < 34, `nine frames of ten take ${quick} ms and more`);
    }));

  it('answers within 100 ms of the last key among a hundred thousand', test =>
    onPage(async ({ page }) => {
      await signIn(page, crowd);
      const box = page.getByRole('combobox', { name: 'Search customers' });
      const times: number[] = [];
      for (const number of [
        '00017',
        '74711',
        '99999',
        '01234',
        '50505',
        '37777',
        '63141',
        '81812',
        '29292',
      ]) {
        await box.fill('');
        await box.pressSequentially(`row ${number.slice(0, -1)}`);
        await page.waitForTimeout(150);
        times.push((await page.evaluate(timeLastKey(number))) as number);
      }
      const median = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]!;
      test.diagnostic(`${Math.round(median)} ms from the last key to the row, the median of ${times.length}`);
      // The best of them, because test files share the machine: what it could do at a quiet moment.
      assert.ok(Math.min(...times) < 100, `${times.map(Math.round)} ms`);
    }));

  it('is accessible in both themes and fits a small phone', () =>
    onPage(async ({ page }) => {
      for (const query of ['', '?query=beatris', '?query=zzzz', '?kind=business&archived=true']) {
        await signIn(page, concord.harbor, `/customers${query}`);
        await page.waitForLoadState('networkidle');
        await assertAccessible(page);
        await assertFitsNarrow(page);
      }
    }));

  it('fits a small phone around a customer, too, and lets its actions be confirmed', () =>
    onPage(async ({ page }) => {
      await signIn(page, concord.harbor, '/customers?query=appleseed');
      await page.getByRole('link', { name: 'Jonathan Appleseed' }).click();
      await page.getByRole('heading', { name: 'Jonathan Appleseed', level: 1 }).waitFor();
      await assertFitsNarrow(page);
      await page.getByRole('button', { name: 'Actions' }).click();
      await page.getByRole('menuitem', { name: 'Archive' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Archive' }).click();
      await page.getByText('The customer is archived.').waitFor();
      await page.getByText('Archived', { exact: true }).waitFor();
      await page.getByRole('button', { name: 'Actions' }).click();
      await page.getByRole('menuitem', { name: 'Restore' }).click();
      await page.getByText('The customer is active again.').waitFor();
      await page.getByRole('button', { name: 'Actions' }).click();
      const downloaded = page.waitForEvent('download');
      await page.getByRole('menuitem', { name: 'Export' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Download' }).click();
      assert.match((await downloaded).suggestedFilename(), /^customer-\d+\.json$/);
    }));
});

/** Types the last digit as a person does and measures until the row is there, within the page itself. */
const timeLastKey = (number: string): string => `(async () => {
  const box = document.querySelector('[role=combobox]');
  const wanted = 'Ada Row ${number}';
  const there = () => [...document.querySelectorAll('[role=grid] [role=row] a')].some(link => link.textContent === wanted);
  const only = () => document.querySelectorAll('[role=grid] [role=row] a').length < 5 && there();
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
  const start = performance.now();
  set.call(box, 'row ${number}');
  box.dispatchEvent(new Event('input', { bubbles: true }));
  while (!only()) {
    if (performance.now() - start > 5000) return Infinity;
    await new Promise(resolve => requestAnimationFrame(resolve));
  }
  return performance.now() - start;
})()`;
