/** The access page in a real browser: credentials that real clients use, rotation, revocation, tenants, and who may not. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { faultOf, fieldsOf, optionsOf, variantsOf } from '../../console/src/pages/access/form.ts';
import { isLastAdmin, type Standing, sortOf, stateOf } from '../../console/src/pages/access/standing.ts';
import { optionsSchema } from '../../src/dialects/credential-form.ts';
import { DIALECTS } from '../../src/dialects/index.ts';
import { OPERATOR_ROLES, type OperatorRole, OWN_DIALECT } from '../../src/record/access.ts';
import { launchChromium, withoutChromium } from '../support/chromium.ts';
import { type Concord, send, startConcord } from '../support/concord.ts';
import {
  assertAccessible,
  assertFitsNarrow,
  type ConsolePage,
  openConsole,
  tabTo,
} from '../support/console.ts';
import { aCustomer } from '../support/customers.ts';

const DAY = 86_400_000;
const NOW = Date.parse('2026-01-10T00:00:00Z');

describe('the form of a new credential', () => {
  it('has a field for every option of every dialect', () => {
    for (const { name, credential } of DIALECTS) {
      const fields = fieldsOf(JSON.parse(JSON.stringify(optionsSchema(credential))));
      assert.deepEqual(fields.map(each => each.name).sort(), Object.keys(credential.options).sort(), name);
      for (const { kind, choices } of fields) assert.ok(kind !== 'choice' || choices.length > 1);
    }
  });

  it('offers the ways of a form that has several, and only what each needs', () => {
    const fields = fieldsOf({
      properties: { login: { type: 'string' }, role: { type: 'string', enum: ['a'] } },
    });
    const [login, key] = variantsOf(fields);
    assert.deepEqual(
      login!.fields.map(({ name, needed }) => [name, needed]),
      [
        ['login', true],
        ['role', false],
      ],
    );
    assert.deepEqual(
      key!.fields.map(({ name }) => name),
      ['role'],
    );
    const store = variantsOf(
      fieldsOf({ properties: { issuer: { type: 'string' }, store: { type: 'boolean' } } }),
    );
    assert.deepEqual(store.at(-1), { name: 'store', fields: [], fixed: { store: true } });
    assert.deepEqual(variantsOf(fieldsOf({ properties: { tier: { type: 'string' } } })), []);
  });

  it('finds what is wrong, and sends nothing that is empty', () => {
    const [login] = fieldsOf({
      required: ['login'],
      properties: { login: { type: 'string', pattern: '^[a-z]+$', maxLength: 3 } },
    });
    assert.equal(faultOf(login!, ''), 'needed');
    assert.equal(faultOf(login!, undefined), 'needed');
    assert.equal(faultOf(login!, 'A'), 'form');
    assert.equal(faultOf(login!, 'abcd'), 'length');
    assert.equal(faultOf(login!, 'abc'), undefined);
    assert.deepEqual(optionsOf([login!], { login: '', other: 'x' }, { store: true }), { store: true });
    assert.deepEqual(optionsOf([login!], { login: 'abc' }, {}), { login: 'abc' });
  });
});

describe('how a credential stands', () => {
  const at = (days: number): string => new Date(NOW + days * DAY).toISOString();
  const standing = (each: Partial<Standing>): Standing => ({
    ...{ id: '1', dialect: 'concord', kind: 'key', settings: { role: 'admin' } },
    ...{ expiresAt: null, revokedAt: null, replacedBy: null },
    ...each,
  });

  it('is in force until it ends', () => {
    assert.equal(stateOf(standing({}), NOW), 'active');
    assert.equal(stateOf(standing({ expiresAt: at(1) }), NOW), 'ending');
    assert.equal(stateOf(standing({ expiresAt: at(-1) }), NOW), 'ended');
    assert.equal(stateOf(standing({ expiresAt: at(1), revokedAt: at(-1) }), NOW), 'revoked');
  });

  it('is called what people call it', () => {
    assert.equal(sortOf(standing({ kind: 'password' })), 'person');
    assert.equal(sortOf(standing({})), 'program');
    assert.equal(sortOf(standing({ dialect: 'other', kind: 'password' })), 'login');
    assert.equal(sortOf(standing({ dialect: 'other', kind: 'issuer', settings: { store: true } })), 'store');
  });

  it('knows the last administrator, whose older secret does not count', () => {
    const old = standing({ id: 'old', expiresAt: at(1), replacedBy: 'new' });
    const renewed = standing({ id: 'new' });
    const viewer = standing({ id: 'viewer', settings: { role: 'viewer' } });
    assert.ok(isLastAdmin([old, renewed, viewer], 'new', NOW));
    assert.ok(!isLastAdmin([old, renewed, viewer], 'old', NOW));
    assert.ok(!isLastAdmin([old, renewed, viewer], 'viewer', NOW));
    assert.ok(!isLastAdmin([renewed, standing({ id: 'other' })], 'new', NOW));
  });
});

/** What one says of a new credential, and whether its client is let in with what is shown. */
interface Client {
  readonly title: string;
  readonly way?: string;
  readonly fields?: Readonly<Record<string, string>>;
  /** The HTTP status of a request as the vendor's client sends it. */
  use(origin: string, secrets: Readonly<Record<string, string>>): Promise<number>;
}

const get = async (url: string, headers: Readonly<Record<string, string>>): Promise<number> =>
  (await send(url, 'GET', headers, {})).status;
const post = async (url: string, body: unknown): Promise<number> =>
  (await send(url, 'POST', {}, { body })).status;

const CLIENTS: readonly Client[] = [
  {
    title: 'Concord',
    way: 'A program',
    use: (origin, { key }) => get(`${origin}/concord/v1/session`, { Authorization: `Bearer ${key}` }),
  },
  {
    title: 'Concord',
    way: 'A person',
    fields: { Login: 'maria' },
    use: (origin, secrets) => post(`${origin}/concord/v1/session`, secrets),
  },
  {
    title: 'FlexPortal',
    use: (origin, secrets) =>
      get(`${origin}/v1/customers?limit=1`, {
        Authorization: `Bearer ${secrets['API key']}`,
        'Tenant-ID': secrets['Tenant-ID']!,
      }),
  },
  {
    title: 'Lightening',
    way: 'Key',
    use: (origin, { token }) => get(`${origin}/customer`, { Authorization: `Bearer ${token}` }),
  },
  {
    title: 'connectFi',
    fields: { Login: 'branch_7' },
    use: (origin, user) => post(`${origin}/auth/get-token`, { user }),
  },
  {
    title: 'Billbee',
    fields: { Login: 'shop@access.example' },
    use: (origin, { username, password, 'X-Billbee-Api-Key': apiKey }) =>
      get(`${origin}/api/v1/customers?page=1`, {
        'X-Billbee-Api-Key': apiKey!,
        Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
      }),
  },
];

describe('the console, access', { skip: await withoutChromium() }, () => {
  let concord: Concord;
  let browser: Browser;
  before(async () => {
    [concord, browser] = await Promise.all([startConcord(), launchChromium()]);
  });
  after(async () => {
    await browser.close();
    await concord.stop();
  });

  let tenants = 0;
  /** A tenant that nobody else uses, with one person, who is signed in. */
  async function onPage(
    use: (opened: ConsolePage, tenant: { readonly id: number; readonly name: string }) => Promise<void>,
    { role = 'admin', path = '/access' }: { readonly role?: OperatorRole; readonly path?: string } = {},
  ): Promise<void> {
    tenants += 1;
    const name = `access-${tenants}`;
    const { id } = await concord.store.tenants.create(name);
    const [login, secret] = [`owner of ${name}`, 'A-password-of-the-test-1'];
    const rights = role === 'admin' ? { reveal: true, installation: true } : {};
    await concord.store.credentials.create({
      ...{ tenant: id, dialect: OWN_DIALECT, kind: 'password', name: 'Owner' },
      ...{ login, secret, settings: { role, ...rights } },
    });
    const opened = await openConsole(browser, concord.origin);
    try {
      const answer = await opened.context.request.post('/concord/v1/session', {
        data: { login, password: secret },
      });
      assert.equal(answer.status(), 200);
      await opened.page.goto(`/console${path}`);
      await opened.page.getByRole('heading', { level: 1, name: 'Access' }).waitFor();
      await use(opened, { id, name });
      opened.assertQuiet();
    } finally {
      await opened.close();
    }
  }
  const dialog = (page: Page): Locator => page.getByRole('dialog');
  const rowOf = (page: Page, name: string): Locator =>
    page.getByRole('listitem').filter({ has: page.getByText(name, { exact: true }) });

  async function create(page: Page, name: string, { title, way, fields = {} }: Client): Promise<void> {
    await page.getByRole('button', { name: 'New credential', exact: true }).click();
    await dialog(page).getByLabel('For', { exact: true }).selectOption({ label: title });
    if (way !== undefined) await dialog(page).getByText(way, { exact: true }).click();
    await dialog(page).getByLabel('Name').fill(name);
    for (const [label, value] of Object.entries(fields)) await dialog(page).getByLabel(label).fill(value);
    await dialog(page).getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { name: 'Keep these values now' }).waitFor();
  }

  async function secretsIn(page: Page): Promise<Record<string, string>> {
    const names = await dialog(page).locator('dt').allInnerTexts();
    const values = await dialog(page).locator('dd code').allInnerTexts();
    return Object.fromEntries(names.map((name, index) => [name, values[index]!]));
  }

  async function keep(page: Page): Promise<void> {
    await dialog(page).getByLabel('I have kept these values in a safe place').check();
    await dialog(page).getByRole('button', { name: 'Done' }).click();
    await dialog(page).waitFor({ state: 'detached' });
  }

  it('makes credentials of every dialect, whose clients are let in with what is shown once', () =>
    onPage(async ({ page }) => {
      await page.getByText('Nothing can use Billbee yet.').waitFor();
      await assertAccessible(page, 'access');
      await assertFitsNarrow(page);
      for (const [index, client] of CLIENTS.entries()) {
        const name = `client ${index}`;
        await create(page, name, client);
        const secrets = await secretsIn(page);
        assert.equal(await client.use(concord.origin, secrets), 200, `${client.title} ${client.way ?? ''}`);
        await keep(page);
        await rowOf(page, name).waitFor();
      }
      const shown = await page.locator('main').innerText();
      assert.ok(!/password:|API key:/.test(shown));
    }));

  it('opens a public store, which has nothing to keep secret', () =>
    onPage(async ({ page }, { name }) => {
      const inquire = () =>
        post(`${concord.origin}/api/store/${name}/inquiries`, { data: { type: 'inquiry', attributes: {} } });
      const closed = await inquire();
      await create(page, 'front desk', { title: 'Flecto', way: 'Public store', use: async () => 0 });
      assert.deepEqual(await secretsIn(page), { store_id: name });
      await keep(page);
      await rowOf(page, 'front desk').getByText('Public store').waitFor();
      assert.deepEqual([closed, await inquire()], [404, 422]);
      // It has no secret that could be rotated.
      assert.equal(await page.getByRole('button', { name: 'Rotate front desk' }).count(), 0);
    }));

  it('does not lose what is shown once by accident, nor what was typed', () =>
    onPage(async ({ page }) => {
      // So that there is something to go back to.
      await page.getByRole('tab', { name: 'Tenants' }).click();
      await page.getByRole('tab', { name: 'Credentials' }).click();
      await page.getByRole('button', { name: 'New credential for Billbee' }).click();
      await dialog(page).getByLabel('Name').fill('warehouse');
      await page.keyboard.press('Escape');
      await dialog(page).waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'New credential for Billbee' }).click();
      assert.equal(await dialog(page).getByLabel('Name').inputValue(), 'warehouse');
      // What is missing is said beside its field, which has the focus.
      await dialog(page).getByRole('button', { name: 'Create' }).click();
      await dialog(page).getByText('Please fill this in.').waitFor();
      assert.equal(await dialog(page).getByLabel('Login').evaluate('document.activeElement.required'), true);
      await assertAccessible(page, 'access, a form with a fault');
      await dialog(page).getByLabel('Login').fill('with:colon');
      await dialog(page).getByText('This is not in the form that is asked for.').waitFor();
      await dialog(page).getByLabel('Login').fill('shop@kept.example');
      await dialog(page).getByRole('button', { name: 'Create' }).click();
      await page.getByRole('heading', { name: 'Keep these values now' }).waitFor();
      const secrets = await secretsIn(page);
      await page.keyboard.press('Escape');
      await page.mouse.click(5, 5);
      await page.evaluate('history.back()');
      await page.waitForTimeout(300);
      assert.deepEqual(await secretsIn(page), secrets);
      assert.ok(await dialog(page).getByRole('button', { name: 'Done' }).isDisabled());
      await assertAccessible(page, 'access, secrets');
      await assertFitsNarrow(page);
      await keep(page);
    }));

  it('rotates with an overlap, in which both secrets work, and at once', () =>
    onPage(async ({ page }) => {
      const client = CLIENTS.find(({ title }) => title === 'FlexPortal')!;
      await create(page, 'tills', client);
      const first = await secretsIn(page);
      await keep(page);
      await page.getByRole('button', { name: 'Rotate tills' }).click();
      await dialog(page)
        .getByText(/both work/)
        .waitFor();
      await dialog(page).getByLabel('in 1 hour').check();
      await assertAccessible(page, 'access, rotation');
      await dialog(page).getByRole('button', { name: 'Rotate' }).click();
      await page.getByRole('heading', { name: 'Keep these values now' }).waitFor();
      const second = await secretsIn(page);
      await keep(page);
      assert.notEqual(second['API key'], first['API key']);
      assert.deepEqual(
        [await client.use(concord.origin, first), await client.use(concord.origin, second)],
        [200, 200],
      );
      await page.getByText('Ending').waitFor();
      assert.equal(await rowOf(page, 'tills').count(), 2);
      await page.getByRole('button', { name: 'Rotate tills' }).click();
      await dialog(page).getByLabel('at once').check();
      await dialog(page).getByRole('button', { name: 'Rotate' }).click();
      await page.getByRole('heading', { name: 'Keep these values now' }).waitFor();
      const third = await secretsIn(page);
      await keep(page);
      assert.deepEqual(
        [await client.use(concord.origin, second), await client.use(concord.origin, third)],
        [401, 200],
      );
    }));

  it('revokes by keyboard, after saying what stops working', () =>
    onPage(async ({ page }) => {
      const client = CLIENTS.find(({ title }) => title === 'Lightening')!;
      await create(page, 'van', client);
      const secrets = await secretsIn(page);
      await keep(page);
      await rowOf(page, 'van').waitFor();
      await page.locator('h1').click();
      await tabTo(page, 'Revoke van');
      await page.keyboard.press('Enter');
      await dialog(page).getByText('Clients of Lightening that use this key are refused').waitFor();
      await assertAccessible(page, 'access, revocation');
      await tabTo(page, 'Revoke');
      await page.keyboard.press('Enter');
      await rowOf(page, 'van').waitFor({ state: 'detached' });
      assert.equal(await client.use(concord.origin, secrets), 401);
      await page.getByRole('switch', { name: 'Show ended (1)' }).check();
      await page.waitForURL(/ended=true/);
      await rowOf(page, 'van').getByText('Revoked').first().waitFor();
      // Nobody could make another administrator.
      await page.getByRole('button', { name: 'Revoke Owner' }).click();
      await dialog(page).getByText('This is the last administrator.').waitFor();
      assert.equal(await dialog(page).getByRole('button', { name: 'Revoke' }).count(), 0);
    }));

  it('lists who looked at documents, and why', () =>
    onPage(
      async ({ page }, { id: tenant }) => {
        await page.getByText('Nobody has looked yet').waitFor();
        const customer = await concord.store.customers.create(
          { tenant, dialect: 'test', actor: 'test', requestId: 'test' },
          aCustomer({ givenName: 'Ada', familyName: 'Sample' }),
          [],
        );
        const { csrfToken } = await (await page.context().request.get('/concord/v1/session')).json();
        await page.context().request.post(`/concord/v1/customers/${customer.id}/export`, {
          data: { reason: '<b>asked at the counter</b>' },
          headers: { 'x-csrf-token': csrfToken },
        });
        await page.reload();
        const row = page.getByRole('listitem').filter({ hasText: 'exported everything about' });
        await row.getByRole('link', { name: 'Ada Sample' }).waitFor();
        await row.getByText('<b>asked at the counter</b>').waitFor();
        await assertAccessible(page, 'access, looks');
        await assertFitsNarrow(page);
      },
      { path: '/access?part=looks' },
    ));

  it('makes a tenant, whose first administrator signs in with what is shown', () =>
    onPage(async ({ page }) => {
      await page.getByRole('tab', { name: 'Credentials' }).focus();
      await page.keyboard.press('End');
      await page.waitForURL(/part=tenants/);
      await rowOf(page, 'harbor').waitFor();
      await page.getByRole('button', { name: 'New tenant' }).click();
      await dialog(page).getByLabel('Name').fill('Not A Name');
      await dialog(page).getByLabel('First administrator').fill('Rosa');
      await dialog(page).getByLabel('Login').fill('rosa@quay.example');
      await dialog(page).getByRole('button', { name: 'Create tenant' }).click();
      await dialog(page).locator('[aria-invalid=true]').waitFor();
      await dialog(page).getByLabel('Name').fill('quay');
      await dialog(page).getByRole('button', { name: 'Create tenant' }).click();
      await page.getByRole('heading', { name: 'Keep these values now' }).waitFor();
      assert.equal(await post(`${concord.origin}/concord/v1/session`, await secretsIn(page)), 200);
      await keep(page);
      await rowOf(page, 'quay').waitFor();
      await assertAccessible(page, 'access, tenants');
      await assertFitsNarrow(page);
    }));

  for (const role of OPERATOR_ROLES.filter(each => each !== 'admin')) {
    it(`explains itself to who is ${role}`, () =>
      onPage(
        async ({ page }) => {
          const asked: string[] = [];
          page.on('request', request => asked.push(request.url()));
          await page.getByText('This page is for administrators').waitFor();
          assert.equal(await page.getByRole('tab').count(), 0);
          if (role === 'viewer') await assertAccessible(page, 'access as a viewer');
          assert.deepEqual(
            asked.filter(url => /credentials|tenants|reveals/.test(url)),
            [],
          );
        },
        { role },
      ));
  }
});
