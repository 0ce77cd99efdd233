/** Markup written into every text field through every dialect stands on the console's pages as the text that it is. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import type { ExampleRequest } from '../../src/dialects/conformance/examples.ts';
import { DIALECTS } from '../../src/dialects/index.ts';
import type { Customer } from '../../src/record/customer.ts';
import { newId } from '../../src/record/identifier.ts';
import type { Json } from '../../src/record/json.ts';
import { launchChromium, withoutChromium } from '../support/chromium.ts';
import { type Concord, startConcord } from '../support/concord.ts';
import { openConsole, signIn } from '../support/console.ts';
import { examplesOf, SUBJECTS, type Subject, sendBefore, sendExample } from '../support/examples.ts';
import { makeWorld } from '../support/world.ts';

/**
 * Each would leave an element with this attribute, were it ever read as markup. The short one fits short fields, and the
 * one without brackets fits connectFi's, which takes none (connectfi.md §2.3).
 */
const MARK = 'data-stored-script';
const MARKUP = [
  `"><img src=x ${MARK} onerror="window.storedScript=1">`,
  `<script ${MARK}>window.storedScript=1</script>`,
  `<i ${MARK}>a</i>`,
  `x" onfocus=storedScript=1 ${MARK}="`,
];

describe('markup in the fields of a customer', { skip: await withoutChromium() }, () => {
  let concord: Concord;
  let browser: Browser;
  before(async () => {
    concord = await startConcord();
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    await concord?.stop();
  });

  for (const dialect of DIALECTS) {
    it(`is text, written through ${dialect.title}`, async () => {
      const written = new Set<string>();
      let taken = 0;
      const writing = SUBJECTS.filter(each => each.dialect === dialect && isWrite(each));
      for (const subject of writing) taken += await writeMarkup(subject, written);
      assert.ok(taken > 0, 'no field took any markup, so nothing is shown');
      await expectText(await customersWithMarkup(written));
    });
  }

  it('is text, written through Concord’s own record', async () => {
    const [markup] = MARKUP as [string];
    const base = await concord.create(concord.harbor, {
      ...(await aRecord()),
      id: newId(),
      givenName: markup,
      familyName: markup,
      company: markup,
      accountNumber: markup,
      createdBy: markup,
      customFields: { [markup]: markup },
    });
    await expectText([base]);
  });

  /** One request for every text of the example and every markup; the answer how many were taken. */
  async function writeMarkup(subject: Subject, customers: Set<string>): Promise<number> {
    const examples = examplesOf(subject.dialect);
    const world = await makeWorld(concord, concord.harbor, examples);
    for (const { id } of [world.individual, world.business]) customers.add(id);
    await sendBefore(concord, concord.harbor, subject, world);
    const request = subject.example.request(world);
    let taken = 0;
    for (const markup of MARKUP) {
      for (const body of withEachText(request, markup)) {
        const answer = await sendExample(concord, concord.harbor, subject, { ...request, body });
        assert.ok(answer.status < 500, `${subject.route.operation}: ${answer.text}`);
        if (answer.status < 300) taken += 1;
      }
    }
    return taken;
  }

  /** Of those that were written to, whom any markup reached; with a creation, the newest of the tenant. */
  async function customersWithMarkup(ids: ReadonlySet<string>): Promise<Customer[]> {
    const created = await concord.store.customers.query(concord.harbor.id, {
      order: { by: 'number', descending: true },
      limit: 100,
    });
    const marked = created.filter(customer => JSON.stringify(customer).includes(MARK));
    const others = created.filter(customer => ids.has(customer.id) && !marked.includes(customer));
    return [...marked.slice(0, 2), ...others.slice(0, 1)];
  }

  async function aRecord(): Promise<Customer> {
    return (await makeWorld(concord, concord.harbor, examplesOf(DIALECTS[0]!))).individual;
  }

  async function expectText(customers: readonly Customer[]): Promise<void> {
    const { page, assertQuiet, close } = await openConsole(browser, concord.origin);
    page.on('dialog', dialog => assert.fail(`a page asked: ${dialog.type()}`));
    try {
      await signIn(page, concord.harbor);
      const paths = [
        '/customers?sort=-number',
        '/live',
        ...customers.flatMap(({ id }) => ['', '/views', '/history'].map(tab => `/customers/${id}${tab}`)),
      ];
      let shown = 0;
      for (const path of paths) {
        await page.goto(`/console${path}`);
        await page.getByRole('heading', { level: 1 }).first().waitFor();
        await page.waitForLoadState('networkidle');
        const found = (await page.evaluate(
          `({ elements: document.querySelectorAll('[${MARK}]').length, ran: window.storedScript === 1,
              text: document.body.innerText.includes('${MARK}') ||
                [...document.querySelectorAll('input, textarea')].some(field => field.value.includes('${MARK}')) })`,
        )) as { elements: number; ran: boolean; text: boolean };
        assert.deepEqual({ elements: found.elements, ran: found.ran }, { elements: 0, ran: false }, path);
        if (found.text) shown += 1;
      }
      assert.ok(shown >= 3, `the markup is to be seen on ${shown} of ${paths.length} pages only`);
      assertQuiet();
    } finally {
      await close();
    }
  }
});

/** A write of what may hold texts. */
const isWrite = ({ route, example }: Subject): boolean =>
  ['POST', 'PUT', 'PATCH'].includes(route.method) && !example.reads && route.open !== true;

/** The body of the request, with one of its texts after the other in the place of markup. */
function withEachText({ body }: ExampleRequest, markup: string): Json[] {
  if (typeof body === 'string') {
    const form = new URLSearchParams(body);
    return [...form.keys()].map(name => {
      const changed = new URLSearchParams(body);
      changed.set(name, markup);
      return changed.toString();
    });
  }
  return body === undefined ? [] : variants(body, markup);
}

function variants(value: Json, markup: string): Json[] {
  if (typeof value === 'string') return [markup];
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) {
    return value.flatMap((item, at) => variants(item, markup).map(each => value.with(at, each)));
  }
  return Object.entries(value).flatMap(([key, item]) =>
    variants(item as Json, markup).map(each => ({ ...value, [key]: each })),
  );
}
