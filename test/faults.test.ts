/** Killed in the middle: every acknowledged write is there afterwards, and none is half there. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { processesOf, type Started, startCommand } from './support/process.ts';

interface Tenant {
  customers: {
    number: number;
    archived: boolean;
    ids: { flecto: string };
    addresses: { number: number }[];
  }[];
  dialects: { flecto: { headers: Record<string, string> } };
}

const WRITERS = 8;
const ROUNDS = 3;

describe('kill -9 during writes', () => {
  let directory: string;
  let running: Started;
  let origin: string;
  let tenant: Tenant;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'concord-faults-'));
    await start();
  });
  after(async () => {
    await running.stop();
    for (const pid of processesOf(directory)) process.kill(pid, 'SIGKILL');
    await rm(directory, { recursive: true, force: true });
  });

  async function start(): Promise<void> {
    running = await startCommand(['demo', '--json', '--port', '0', '--data', directory]);
    const announcement = JSON.parse(running.line);
    origin = announcement.origin;
    tenant = announcement.tenants[0];
  }

  /** The customers that the writers change, one each, so that the last acknowledged value is known. */
  const targets = () =>
    tenant.customers
      .filter(customer => !customer.archived && customer.addresses.length > 0)
      .slice(0, WRITERS);
  const collection = (at: number) => `${origin}/api/saas/me/customers/${targets()[at]!.ids.flecto}/addresses`;

  /** Writes counting values, street and city together, until told to stop; tells the last one acknowledged. */
  function write(at: number, from: number) {
    let [acknowledged, attempted, stopped] = [from, from, false];
    const url = `${collection(at)}/${targets()[at]!.addresses[0]!.number}`;
    const done = (async () => {
      while (!stopped) {
        attempted += 1;
        const attributes = { address_street: `Street ${attempted}`, address_city: `City ${attempted}` };
        const answer = await fetch(url, {
          method: 'PUT',
          headers: { ...tenant.dialects.flecto.headers, 'content-type': 'application/json' },
          body: JSON.stringify({ data: { type: 'customer_address', attributes } }),
        }).catch(() => undefined);
        if (answer?.status === 200) acknowledged = attempted;
        else {
          assert.ok(answer === undefined || answer.status >= 500, `${answer?.status}`);
          await new Promise(resolve => setTimeout(resolve, 20));
        }
      }
    })();
    const stop = (): Promise<void> => {
      stopped = true;
      return done;
    };
    return { stop, last: () => ({ acknowledged, attempted }) };
  }

  async function expectWhole(
    at: number,
    { acknowledged, attempted }: { acknowledged: number; attempted: number },
  ): Promise<void> {
    const answer = await fetch(collection(at), { headers: tenant.dialects.flecto.headers });
    assert.equal(answer.status, 200);
    const { data } = (await answer.json()) as { data: { id: string; attributes: Record<string, string> }[] };
    const { attributes } = data.find(each => Number(each.id) === targets()[at]!.addresses[0]!.number)!;
    const street = Number(/^Street (\d+)$/.exec(attributes.address_street!)?.[1]);
    const city = Number(/^City (\d+)$/.exec(attributes.address_city!)?.[1]);
    assert.equal(street, city, 'none is half there');
    assert.ok(street >= acknowledged && street <= attempted, `${acknowledged} <= ${street} <= ${attempted}`);
  }

  /** On a busy machine a writer may not have come to its first write when the others are far. */
  async function everyoneWrote(writers: readonly ReturnType<typeof write>[], from: number): Promise<void> {
    const deadline = Date.now() + 10_000;
    while (writers.some(writer => writer.last().acknowledged === from)) {
      assert.ok(Date.now() < deadline, 'a writer wrote nothing');
      await pause(10);
    }
  }

  const pause = (milliseconds: number) => new Promise(resolve => setTimeout(resolve, milliseconds));

  it('of the server: the next start has every acknowledged write', async () => {
    let from = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const writers = Array.from({ length: WRITERS }, (_, at) => write(at, from));
      await everyoneWrote(writers, from);
      await pause(150 + round * 100);
      await running.stop('SIGKILL');
      await Promise.all(writers.map(writer => writer.stop()));
      const last = writers.map(writer => writer.last());
      await start();
      for (const [at, each] of last.entries()) await expectWhole(at, each);
      from = Math.max(...last.map(each => each.attempted));
    }
  });

  it('of the database: the server says so, starts it again, and has every acknowledged write', async () => {
    const from = 1_000_000;
    const writers = Array.from({ length: WRITERS }, (_, at) => write(at, from));
    await everyoneWrote(writers, from);
    await pause(300);
    const postmaster = Number(
      readFileSync(join(directory, 'postgres', 'postmaster.pid'), 'utf8').split('\n', 1)[0],
    );
    process.kill(postmaster, 'SIGKILL');
    await pause(100);
    const deadline = Date.now() + 10_000;
    while (Date.now() < deadline && (await fetch(`${origin}/ready`)).status !== 200) await pause(50);
    assert.equal((await fetch(`${origin}/ready`)).status, 200);
    await pause(300);
    await Promise.all(writers.map(writer => writer.stop()));
    for (const [at, writer] of writers.entries()) await expectWhole(at, writer.last());
  });

  it('of both: the next start recovers', async () => {
    const from = 2_000_000;
    const writers = Array.from({ length: WRITERS }, (_, at) => write(at, from));
    await everyoneWrote(writers, from);
    await pause(300);
    const postmaster = Number(
      readFileSync(join(directory, 'postgres', 'postmaster.pid'), 'utf8').split('\n', 1)[0],
    );
    process.kill(running.process.pid!, 'SIGKILL');
    process.kill(postmaster, 'SIGKILL');
    await running.stop('SIGKILL');
    await Promise.all(writers.map(writer => writer.stop()));
    await start();
    for (const [at, writer] of writers.entries()) await expectWhole(at, writer.last());
  });
});
