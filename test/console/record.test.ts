/** The record page in a real browser: editing in place, lists, the server's validation, roles, reveals, provenance, the map. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { DEMO_PASSWORD } from '../../src/cli/demo/access.ts';
import { DIALECTS } from '../../src/dialects/index.ts';
import { OWN_DIALECT } from '../../src/record/access.ts';
import type { Customer } from '../../src/record/customer.ts';
import { newId } from '../../src/record/identifier.ts';
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
  tabTo,
} from '../support/console.ts';
import { aCustomer, email, HARRISBURG, LISBON, phone } from '../support/customers.ts';

const NUMBER = '123-45-6789';

describe('the console, a customer’s record', { skip: await withoutChromium() }, () => {
  let concord: Concord;
  let browser: Browser;
  before(async () => {
    [concord, browser] = await Promise.all([startConcord(), launchChromium()]);
  });
  after(async () => {
    await browser.close();
    await concord.stop();
  });

  const fresh = (wish: Partial<Customer> = {}): Promise<Customer> =>
    concord.create(
      concord.harbor,
      aCustomer(
        {
          givenName: 'Beatriz',
          familyName: 'Silva',
          contactPoints: [email('bia@example.test'), phone('+351211234567')],
          ...wish,
        },
        [
          { ...LISBON, label: 'Home', latitude: '38.7101', longitude: '-9.1366' },
          { ...HARRISBURG, label: 'Office' },
        ],
      ),
    );
  const record = (customer: Customer): Promise<Customer> => concord.record(concord.harbor, customer.id);
  const onRecord = async (
    customer: Customer,
    use: (page: Page, console: ConsolePage) => Promise<void>,
    enter: (page: Page, path: string) => Promise<void> = (page, path) => signIn(page, concord.harbor, path),
  ): Promise<void> => {
    const opened = await openConsole(browser, concord.origin);
    try {
      await enter(opened.page, `/customers/${customer.id}`);
      await opened.page.getByRole('heading', { name: 'Name and kind', level: 2 }).waitFor();
      await use(opened.page, opened);
      opened.assertQuiet();
    } finally {
      await opened.close();
    }
  };
  const field = (page: Page, label: string, value: string) =>
    page.getByRole('button', { name: `${value} – Edit ${label}`, exact: true });

  it('is edited by keyboard: Enter opens and saves, Escape gives up, the focus comes back', async () => {
    const customer = await fresh();
    await onRecord(customer, async page => {
      await tabTo(page, 'Beatriz – Edit Given name');
      await page.keyboard.press('Enter');
      await page.keyboard.type('Nobody');
      await page.keyboard.press('Escape');
      await field(page, 'Given name', 'Beatriz').waitFor();
      await page.keyboard.press('Enter');
      await page.keyboard.type('Bia');
      await page.keyboard.press('Enter');
      await field(page, 'Given name', 'Bia').waitFor();
      await page.getByRole('heading', { name: 'Bia Silva', level: 1 }).waitFor();
      const focused = await page.evaluate('document.activeElement.getAttribute("aria-label")');
      assert.equal(focused, 'Bia – Edit Given name');
    });
    assert.equal((await record(customer)).givenName, 'Bia');
  });

  it('shows where a value comes from, on focus and on hover, with a link to the change', async () => {
    const customer = await fresh();
    const customerId = DIALECTS.find(({ name }) => name === 'flexportal')!.customerId(customer);
    const answer = await concord.send(concord.harbor, 'flexportal', 'PUT', `/v1/customers/${customerId}`, {
      body: { customerId, lastName: 'Souza' },
    });
    assert.equal(answer.status, 200, answer.text);
    const label = 'Family name: where it comes from';
    await onRecord(customer, async page => {
      await tabTo(page, 'Souza – Edit Family name');
      const popover = page.getByRole('dialog', { name: label });
      await popover.getByText('Set by demo').waitFor();
      await popover.getByText('FlexPortal').waitFor();
      await popover.getByText('Request', { exact: false }).first().waitFor();
      await assertAccessible(page, 'with the popover');
      await page.keyboard.press('Escape');
      await popover.waitFor({ state: 'hidden' });
      await field(page, 'Family name', 'Souza').hover();
      await popover.getByRole('link', { name: 'Show this change' }).click();
      await page.waitForURL(/\/history\?change=\d+/);
    });
  });

  it('changes an address in its card, and makes another one the main one', async () => {
    const customer = await fresh();
    await onRecord(customer, async page => {
      await page.getByRole('button', { name: /^Edit Home:/ }).click();
      const form = page.getByRole('form', { name: 'Edit Home' });
      await form.getByLabel('City').fill('Porto');
      await form.getByLabel('Country', { exact: true }).selectOption('ES');
      await form.getByLabel('Billing address').check();
      await page.keyboard.press('Enter');
      await page.getByText('Spain', { exact: true }).waitFor();
      await page.getByRole('button', { name: 'More for Office' }).click();
      await page.getByRole('menuitem', { name: 'Make main address' }).click();
      await page.getByRole('button', { name: 'More for Office' }).click();
      await page.getByRole('menuitem', { name: 'Move up' }).waitFor();
      assert.equal(await page.getByRole('menuitem', { name: 'Make main address' }).count(), 0);
      await page.getByRole('menuitem', { name: 'Move up' }).click();
      await eventually(
        page,
        `[...document.querySelectorAll('main li strong')].map(({ textContent }) => textContent).join() === 'Office,Home'`,
      );
    });
    const { addresses } = await record(customer);
    assert.deepEqual(
      addresses.map(({ label, main, roles, address }) => [label, main, roles, address.city, address.country]),
      [
        ['Office', true, [], 'Harrisburg', 'US'],
        ['Home', false, ['billing'], 'Porto', 'ES'],
      ],
    );
  });

  it('adds and removes contact points, says what the server refuses, and undoes', async () => {
    const customer = await fresh();
    await onRecord(customer, async page => {
      await page.getByRole('button', { name: 'Add contact' }).click();
      const form = page.getByRole('form', { name: 'Add contact' });
      await form.getByLabel('E-mail').fill('no address');
      await page.keyboard.press('Enter');
      await form.getByText('This is no e-mail address.').waitFor();
      await assertAccessible(page, 'with a refused value');
      assert.equal(await form.getByLabel('E-mail').getAttribute('aria-invalid'), 'true');
      await form.getByLabel('E-mail').fill('new@example.test');
      await page.keyboard.press('Enter');
      await field(page, 'E-mail', 'new@example.test').waitFor();
      await page.getByRole('button', { name: 'More for bia@example.test' }).click();
      await page.getByRole('menuitem', { name: 'Remove' }).click();
      await page.getByText('bia@example.test removed').waitFor();
      assert.deepEqual(valuesOf(await record(customer)), ['+351211234567', 'new@example.test']);
      await page.getByRole('button', { name: 'Undo' }).click();
      await field(page, 'E-mail', 'bia@example.test').waitFor();
    });
    const now = await record(customer);
    assert.deepEqual(valuesOf(now).sort(), ['+351211234567', 'bia@example.test', 'new@example.test']);
    const id = customer.contactPoints[0]!.id;
    assert.ok(now.contactPoints.some(point => point.id === id && point.value === 'bia@example.test'));
  });
  const valuesOf = ({ contactPoints }: Customer): string[] => contactPoints.map(({ value }) => value);

  it('takes custom fields as JSON only, and offers to keep other things as text', async () => {
    const customer = await fresh();
    await onRecord(customer, async page => {
      await page.getByRole('button', { name: 'Add field' }).click();
      const form = page.getByRole('form', { name: 'Add field' });
      await form.getByLabel('Name').fill('tier');
      await form.getByLabel('Value').fill('gold');
      await page.keyboard.press('Enter');
      await form.getByRole('button', { name: 'Keep it as text' }).click();
      await form.getByLabel('Value').press('Enter');
      await field(page, 'tier', 'gold').waitFor();
    });
    assert.deepEqual((await record(customer)).customFields, { tier: 'gold' });
  });

  it('shows a number for a while, and records the look', async () => {
    const documentId = newId();
    const customer = await fresh({
      identityDocuments: [
        {
          ...{ id: documentId, kind: 'ssn', value: NUMBER },
          ...{ issuingCountry: 'US', issuingRegion: null, expiryDate: null },
        },
      ],
    });
    await onRecord(customer, async page => {
      assert.equal(await page.getByText(NUMBER).count(), 0);
      await page.getByRole('button', { name: 'Show the number: Social security number' }).click();
      await page.getByLabel('Reason').fill('a call');
      await page.keyboard.press('Enter');
      await page.getByText(NUMBER).waitFor();
      await page.getByText(/Hidden again in \d+ s/).waitFor();
      await page.getByRole('button', { name: 'Hide' }).click();
      await page.getByText(NUMBER).waitFor({ state: 'hidden' });
    });
    const admin = await operator(concord, concord.harbor, { reveal: true });
    const { json } = await call(admin, 'GET', `/reveals?customerId=${customer.id}`);
    assert.deepEqual(
      json.items.map((reveal: { documentId: string; reason: string; actor: string }) => [
        reveal.documentId,
        reveal.reason,
        reveal.actor,
      ]),
      [[documentId, 'a call', 'demo operator']],
    );
  });

  it('shows viewers the record without editors and without numbers', async () => {
    const customer = await fresh({
      identityDocuments: [
        {
          ...{ id: newId(), kind: 'ssn', value: NUMBER },
          ...{ issuingCountry: 'US', issuingRegion: null, expiryDate: null },
        },
      ],
    });
    await concord.store.credentials.create({
      tenant: concord.harbor.id,
      dialect: OWN_DIALECT,
      kind: 'password',
      name: 'test viewer',
      login: 'viewer',
      secret: DEMO_PASSWORD,
      settings: { role: 'viewer' },
    });
    const enter = async (page: Page, path: string): Promise<void> => {
      await page.context().request.post('/concord/v1/session', {
        data: { login: 'viewer', password: DEMO_PASSWORD },
      });
      await page.goto(`/console${path}`);
    };
    const look = async (page: Page): Promise<void> => {
      await page.getByText('bia@example.test').waitFor();
      assert.equal(
        await page.getByRole('button', { name: /Edit |^Add |More for |Show the number/ }).count(),
        0,
      );
      await page.getByRole('button', { name: /^Beatriz – Given name: where it comes from/ }).click();
      await page.getByRole('dialog', { name: /Given name/ }).waitFor();
      await assertAccessible(page, 'for a viewer');
    };
    await onRecord(customer, look, enter);
  });

  it('cannot be changed while it is archived, and can again when it is restored', async () => {
    const customer = await fresh();
    const admin = await operator(concord, concord.harbor);
    const { headers } = await call(admin, 'GET', `/customers/${customer.id}`);
    await call(admin, 'POST', `/customers/${customer.id}/archive`, {
      headers: { 'if-match': headers.get('etag')! },
    });
    await onRecord(customer, async page => {
      await page.getByText('This customer is archived').waitFor();
      assert.equal(await page.getByRole('button', { name: /– Edit / }).count(), 0);
      await assertAccessible(page, 'archived');
      await page.getByRole('button', { name: 'Restore' }).click();
      await field(page, 'Given name', 'Beatriz').waitFor();
    });
  });

  it('draws where an address lies, tells it in words, and is accessible and narrow, editors too', async () => {
    const officer = aCustomer({ contactPoints: [email('rosa@example.test')] }, [HARRISBURG]);
    const customer = await fresh({
      kind: 'business',
      company: 'Quayside Chandlery',
      taxIds: [{ kind: 'vat', value: 'PT123456789' }],
      customFields: { list: [1, 2, 3], note: 'a text' },
      orders: [{ id: 'ord_1', status: 'pending' }],
      subscriptions: [{ id: 'sub_1', status: 'active', monthlyAmount: '9.5' }],
      representatives: [
        {
          ...{ id: newId(), role: 'principalOwner', givenName: 'Rosa', familyName: 'Tanaka', gender: null },
          ...{ birthDate: null, citizenship: null, identityDocuments: [], phrasings: {} },
          ...{ contactPoints: officer.contactPoints, addresses: officer.addresses },
        },
      ],
    });
    await onRecord(customer, async page => {
      await page
        .getByRole('img', { name: 'Map: the address lies in Portugal, at 38.7101° N, 9.1366° W' })
        .waitFor();
      await assertAccessible(page);
      await assertFitsNarrow(page);
      await page.getByRole('button', { name: /^Edit Home:/ }).click();
      await page.getByRole('button', { name: 'More fields' }).click();
      await page.getByRole('button', { name: 'Add contact' }).first().click();
      await page.getByRole('button', { name: 'Add employee' }).click();
      await page.getByRole('button', { name: 'Add field' }).click();
      await field(page, 'Company', 'Quayside Chandlery').click();
      await assertAccessible(page, 'with editors');
      await assertFitsNarrow(page);
    });
  });
});
