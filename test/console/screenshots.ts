/** Takes the pictures of `docs/console` anew: `npm run screenshots`, after `npm run console:build`. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMO_PASSWORD } from '../../src/cli/demo/access.ts';
import { launchChromium } from '../support/chromium.ts';
import { startCommand } from '../support/process.ts';

const FOLDER = join(import.meta.dirname, '../../docs/console');
const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 360, height: 740 };
/** Long enough for the plots of Health to have a line, and for Live to show what arrived. */
const SETTLE_MILLISECONDS = 1_500;
const TRAFFIC_MILLISECONDS = 40_000;

interface Picture {
  readonly name: string;
  readonly path: string;
  readonly dark?: true;
  readonly narrow?: true;
}

/** The announced line of `concord demo --json`, as far as it is needed. */
interface Demo {
  readonly origin: string;
  readonly tenants: readonly {
    readonly customers: readonly { readonly id: string; readonly ids: Readonly<Record<string, string>> }[];
    readonly dialects: Readonly<Record<string, { readonly headers: Readonly<Record<string, string>> }>>;
  }[];
}

/** Changes through vendors' APIs, so that there is something to see. */
async function makeTraffic({ origin, tenants }: Demo, rounds: number): Promise<void> {
  const { customers, dialects } = tenants[0]!;
  for (let round = 0; round < rounds; round++) {
    const { ids } = customers[round % 12]!;
    const answer = await fetch(`${origin}/v1/customers/${ids.flexportal}`, {
      method: 'PUT',
      headers: { ...dialects.flexportal!.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ customerId: ids.flexportal, phone: `+1717555${1_000 + round}` }),
    });
    if (!answer.ok) throw new Error(await answer.text());
    await fetch(`${origin}/api/v1/customers/${ids.billbee}`, { headers: dialects.billbee!.headers });
  }
}

/** One customer with a history that is worth a look. */
async function makeHistory({ origin, tenants }: Demo): Promise<string> {
  const { customers, dialects } = tenants[0]!;
  const { id, ids } = customers[0]!;
  const put = (dialect: string, method: string, path: string, body: unknown, type = 'application/json') =>
    fetch(`${origin}${path}`, {
      method,
      headers: { ...dialects[dialect]!.headers, 'content-type': type },
      body: JSON.stringify(body),
    });
  await put('connectfi', 'POST', '/customer/update', {
    customerId: ids.connectfi,
    customer: {
      addresses: [
        {
          ...{ type: 'PRIMARY', addressLine1: '123 Main Str.', addressLine2: 'apt 8', city: 'Harrisburg' },
          ...{ stateCode: 'PA', postalCode: '17101', countryCodeA3: 'USA' },
        },
      ],
    },
  });
  await put('flexportal', 'PUT', `/v1/customers/${ids.flexportal}`, {
    customerId: ids.flexportal,
    phone: '+17175550123',
  });
  return id;
}

const picturesOf = (id: string): readonly Picture[] => [
  { name: 'sign-in', path: '/sign-in' },
  { name: 'customers', path: '/customers' },
  { name: 'customers-search', path: '/customers?query=janise%20smaple' },
  { name: 'customers-dark', path: '/customers', dark: true },
  { name: 'record', path: `/customers/${id}` },
  { name: 'record-dark', path: `/customers/${id}`, dark: true },
  { name: 'record-narrow', path: `/customers/${id}`, narrow: true },
  { name: 'views', path: `/customers/${id}/views` },
  { name: 'history', path: `/customers/${id}/history` },
  { name: 'live', path: '/live' },
  { name: 'access', path: '/access' },
  { name: 'health', path: '/health' },
];

const data = await mkdtemp(join(tmpdir(), 'concord-pictures-'));
const server = await startCommand(['demo', '--json', '--port', '0', '--data', data]);
const browser = await launchChromium();
try {
  const demo = JSON.parse(server.line) as Demo;
  const id = await makeHistory(demo);
  for (const { name, path, dark, narrow } of picturesOf(id)) {
    const context = await browser.newContext({
      baseURL: demo.origin,
      viewport: narrow ? NARROW : WIDE,
      colorScheme: dark ? 'dark' : 'light',
      locale: 'en-GB',
    });
    if (name !== 'sign-in') {
      await context.request.post('/concord/v1/session', {
        data: { login: 'harbor', password: DEMO_PASSWORD },
      });
    }
    const page = await context.newPage();
    await page.goto(`/console${path}`);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await page.waitForTimeout(SETTLE_MILLISECONDS);
    if (name === 'live') await makeTraffic(demo, 12);
    if (name === 'health') {
      const until = Date.now() + TRAFFIC_MILLISECONDS;
      while (Date.now() < until) {
        await makeTraffic(demo, 10);
        await page.waitForTimeout(300);
      }
    }
    await page.waitForTimeout(SETTLE_MILLISECONDS);
    await writeFile(join(FOLDER, `${name}.png`), await page.screenshot());
    await context.close();
  }
} finally {
  await browser.close();
  await server.stop();
  await rm(data, { recursive: true, force: true });
}
