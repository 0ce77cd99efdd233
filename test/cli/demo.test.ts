import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { DIALECTS } from '../../src/dialects/index.ts';
import { processesOf, runCommand, type Started, startCommand } from '../support/process.ts';

interface Announcement {
  origin: string;
  tenants: {
    name: string;
    customers: {
      id: string;
      number: number;
      kind: string;
      archived: boolean;
      ids: Record<string, string>;
      addresses: { id: string; number: number; main: boolean; roles: string[] }[];
    }[];
    dialects: Record<string, { headers: Record<string, string> }>;
    concord: { headers: Record<string, string> };
  }[];
}

describe('concord demo', () => {
  let directory: string;
  let running: Started | undefined;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'concord-demo-'));
  });
  after(async () => {
    await running?.stop('SIGKILL');
    for (const pid of processesOf(directory)) process.kill(pid, 'SIGKILL');
    await rm(directory, { recursive: true, force: true });
  });

  const start = async (): Promise<Announcement> => {
    running = await startCommand(['demo', '--json', '--port', '0', '--data', directory]);
    return JSON.parse(running.line) as Announcement;
  };

  const paths = (ids: Record<string, string>): Record<string, string> => ({
    flecto: `/api/saas/me/customers/${ids.flecto}/addresses`,
    flexportal: `/v1/customers/${ids.flexportal}`,
    lightening: `/address?customer_id=${ids.lightening}`,
    connectfi: `/customer/status/${ids.connectfi}`,
    billbee: `/api/v1/customers/${ids.billbee}`,
  });

  it('prints one line of JSON in the documented form, and nothing else', async () => {
    const announcement = await start();
    assert.equal(running!.output(), `${running!.line}\n`);
    assert.deepEqual(Object.keys(announcement), ['origin', 'tenants']);
    assert.deepEqual(
      announcement.tenants.map(tenant => tenant.name),
      ['harbor', 'meadow'],
    );
    for (const tenant of announcement.tenants) {
      assert.deepEqual(Object.keys(tenant), ['name', 'customers', 'dialects', 'concord']);
      assert.deepEqual(Object.keys(tenant.dialects).sort(), DIALECTS.map(dialect => dialect.name).sort());
      assert.deepEqual(tenant.concord, { headers: { Authorization: `Bearer demo-${tenant.name}-concord` } });
      assert.ok(tenant.customers.length >= 102);
      for (const customer of tenant.customers) {
        assert.deepEqual(Object.keys(customer), ['id', 'number', 'kind', 'archived', 'ids', 'addresses']);
        assert.deepEqual(Object.keys(customer.ids).sort(), DIALECTS.map(dialect => dialect.name).sort());
        for (const address of customer.addresses)
          assert.deepEqual(Object.keys(address), ['id', 'number', 'main', 'roles']);
        assert.ok(
          customer.addresses.length === 0 || customer.addresses.filter(address => address.main).length === 1,
        );
      }
      assert.deepEqual(
        new Set(tenant.customers.map(customer => customer.kind)),
        new Set(['individual', 'business']),
      );
      assert.equal(tenant.customers.filter(customer => customer.archived).length, 1);
      assert.ok(tenant.customers.some(customer => customer.ids.connectfi === 'cstap_6reGTr3k8vpAu8uFV7EdiN'));
      assert.ok(tenant.customers.some(customer => customer.ids.connectfi === 'cstab_7BX5DO49J48VeWKsJ6gWNb'));
      const holders = tenant.customers.flatMap(customer => customer.addresses.map(address => address.id));
      assert.ok(new Set(holders).size < holders.length, 'some addresses are shared');
    }
  });

  it('lets its headers in, for every customer of both tenants in every dialect', async () => {
    const { origin, tenants } = JSON.parse(running!.line) as Announcement;
    for (const tenant of tenants) {
      for (const customer of tenant.customers) {
        for (const [dialect, path] of Object.entries(paths(customer.ids))) {
          const answer = await fetch(origin + path, { headers: tenant.dialects[dialect]!.headers });
          assert.equal(answer.status, 200, `${tenant.name} ${dialect} ${path}`);
          await answer.arrayBuffer();
        }
      }
    }
  });

  it('answers below /{dialect} as well', async () => {
    const { origin, tenants } = JSON.parse(running!.line) as Announcement;
    const [tenant] = tenants as [Announcement['tenants'][0]];
    for (const [dialect, path] of Object.entries(paths(tenant.customers[0]!.ids))) {
      const answer = await fetch(`${origin}/${dialect}${path}`, {
        headers: tenant.dialects[dialect]!.headers,
      });
      assert.equal(answer.status, 200, dialect);
    }
  });

  it('refuses a second server on the same data, and the first goes on', async () => {
    const second = await runCommand(['demo', '--json', '--port', '0', '--data', directory]);
    assert.equal(second.code, 1);
    assert.match(second.errors, /Another Concord server is using the data directory/);
    assert.equal(second.output, '');
    const { origin } = JSON.parse(running!.line) as Announcement;
    assert.equal((await fetch(`${origin}/ready`)).status, 200);
  });

  it('stops on SIGTERM without leaving a process behind', async () => {
    assert.equal(await running!.stop('SIGTERM'), 0);
    assert.deepEqual(processesOf(directory), []);
  });

  it('starts again on the same data within two seconds, with the same customers', async () => {
    const before = (JSON.parse(running!.line) as Announcement).tenants.map(tenant => tenant.customers);
    const began = performance.now();
    const { tenants } = await start();
    const took = performance.now() - began;
    assert.deepEqual(
      tenants.map(tenant => tenant.customers),
      before,
    );
    assert.ok(took < 2_000, `took ${Math.round(took)} ms`);
  });

  it('prints a curl command for each dialect that works as printed', async () => {
    await running!.stop();
    running = await startCommand(['demo', '--port', '0', '--data', directory]);
    const ready = Date.now() + 5_000;
    while (!running.output().includes('Stop with') && Date.now() < ready)
      await new Promise(resolve => setTimeout(resolve, 10));
    const commands = running
      .output()
      .split('\n')
      .filter(line => line.trim().startsWith('curl '));
    assert.equal(commands.length, 5);
    for (const command of commands) {
      const { stdout } = await promisify(execFile)('sh', ['-c', `${command.trim()} -w '\\n%{http_code}'`]);
      assert.match(stdout, /\n200$/, command);
    }
  });

  it('listens on loopback addresses only', async () => {
    const refused = await runCommand(['demo', '--host', '0.0.0.0', '--data', directory]);
    assert.equal(refused.code, 2);
    assert.match(refused.errors, /loopback/);
  });
});
