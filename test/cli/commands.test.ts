import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { runCommand, startCommand } from '../support/process.ts';

describe('the command line', () => {
  let directory: string;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'concord-cli-'));
  });
  after(() => rm(directory, { recursive: true, force: true }));

  const json = async (...args: string[]) => {
    const { code, output, errors } = await runCommand([...args, '--data', directory, '--json']);
    assert.equal(code, 0, errors);
    return JSON.parse(output);
  };

  async function serving(work: (origin: string) => Promise<void>): Promise<void> {
    const server = await startCommand(['serve', '--port', '0', '--data', directory]);
    try {
      await work(server.line.replace('Concord answers on ', ''));
    } finally {
      assert.equal(await server.stop(), 0);
    }
  }

  it('migrates, makes a tenant and its credentials, and serves them', async () => {
    assert.ok((await json('migrate')).schemaVersion >= 2);
    assert.ok((await json('migrate')).schemaVersion >= 2, 'also when there was nothing to do');
    assert.equal((await json('tenant', 'create', 'quay')).name, 'quay');
    assert.deepEqual(
      (await json('tenant', 'list')).map((tenant: { name: string }) => tenant.name),
      ['quay'],
    );
    const key = await json(
      'credential',
      'create',
      '--tenant',
      'quay',
      '--dialect',
      'flexportal',
      '--name',
      'portal',
    );
    const listed = await json('credential', 'list', '--tenant', 'quay');
    assert.deepEqual(
      listed.map((each: { name: string }) => each.name),
      ['portal'],
    );

    await serving(async origin => {
      const headers = { authorization: `Bearer ${key['API key']}`, 'tenant-id': 'quay' };
      const answer = await fetch(`${origin}/v1/customers/cust_1`, { headers });
      assert.equal(answer.status, 404);
      assert.equal(((await answer.json()) as { error: { code: string } }).error.code, 'NOT_FOUND');
    });

    const revoked = await runCommand([
      'credential',
      'revoke',
      key.id,
      '--tenant',
      'quay',
      '--data',
      directory,
    ]);
    assert.equal(revoked.code, 0, revoked.errors);
  });

  it('tells of branches, orders and subscriptions that no API makes, and the APIs show them', async () => {
    await json('tenant', 'create', 'pier');
    const of = ['--tenant', 'pier'];
    const key = await json(
      'credential',
      'create',
      ...of,
      '--dialect',
      'flexportal',
      '--name',
      'portal',
      '--tier',
      'growth',
    );
    const token = await json('credential', 'create', ...of, '--dialect', 'lightening', '--name', 'freight');
    const billbee = await json(
      'credential',
      'create',
      ...of,
      '--dialect',
      'billbee',
      '--name',
      'shop',
      '--login',
      'ada',
    );
    assert.equal(
      (await json('credential', 'create', ...of, '--dialect', 'flecto', '--name', 'store', '--store'))
        .store_id,
      'pier',
    );
    const branch = [...of, '--dialect', 'lightening', '--kind', 'branch'];
    assert.equal((await json('object', 'create', '{"name":"Cape","is_active":true}', ...branch)).number, 1);
    await json('object', 'create', '{"name":"Durban","is_active":false}', ...branch);
    const removed = await runCommand(['object', 'remove', '2', ...branch, '--data', directory]);
    assert.equal(removed.code, 0, removed.errors);
    assert.deepEqual(
      (await json('object', 'list', ...branch)).map((each: { number: number }) => each.number),
      [1],
    );

    await serving(async origin => {
      const basic = Buffer.from(`${billbee.username}:${billbee.password}`).toString('base64');
      const made = await fetch(`${origin}/api/v1/customers`, {
        method: 'POST',
        headers: {
          'x-billbee-api-key': billbee['X-Billbee-Api-Key'],
          authorization: `Basic ${basic}`,
          'content-type': 'application/json',
        },
        body: '{"Name":"Ada Sample"}',
      });
      assert.equal(((await made.json()) as { Data: { Id: number } }).Data.Id, 1);
    });
    const tell = async (...args: string[]) => {
      const result = await runCommand(['trade', ...args, ...of, '--customer', '1', '--data', directory]);
      assert.equal(result.code, 0, result.errors);
    };
    await tell('order', '--id', 'ord_1', '--status', 'pending');
    await tell('order', '--id', 'ord_1', '--status', 'fulfilled');
    await tell('subscription', '--id', 'sub_1', '--status', 'active', '--monthly', '29.90');

    await serving(async origin => {
      const headers = { authorization: `Bearer ${key['API key']}`, 'tenant-id': 'pier' };
      const list = await fetch(`${origin}/v1/customers?hasActiveRentals=true`, { headers });
      const [customer] = ((await list.json()) as { customers: Record<string, unknown>[] }).customers;
      assert.deepEqual(
        [customer?.orderIds, customer?.rentalIds, customer?.totalMonthlyRevenue],
        [['ord_1'], ['sub_1'], 29.9],
      );
      const branches = await fetch(`${origin}/branch`, { headers: { authorization: token.token } });
      assert.equal(((await branches.json()) as { entities: { name: string }[] }).entities[0]?.name, 'Cape');
      const inquiry = await fetch(`${origin}/api/store/pier/inquiries`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          data: { type: 'inquiry', attributes: { name: 'Ada', email: 'ada@example.test' } },
        }),
      });
      assert.equal(inquiry.status, 201);
    });
  });

  it('says what is wrong with a command or a setting, with exit code 2', async () => {
    const create = (dialect: string, ...more: string[]) => [
      'credential',
      'create',
      '--tenant',
      'pier',
      '--dialect',
      dialect,
      ...more,
    ];
    const cases: [string[], Record<string, string>, RegExp][] = [
      [['nonsense'], {}, /unknown command/],
      [['serve', '--port', '70000'], {}, /port must be a whole number/],
      [['serve', '--log-level', 'loud'], {}, /log level must be one of/],
      [['serve'], { CONCORD_ENCRYPTION_KEYS: 'k1:short' }, /32 bytes in base64/],
      [['serve'], { DATABASE_URL: 'postgres://127.0.0.1:1/none' }, /CONCORD_ENCRYPTION_KEYS must be set/],
      [['serve'], { CONCORD_RATE_LIMITS: 'sometimes' }, /must be on or off/],
      [['serve'], { DATABASE_URL: 'mysql://x/y' }, /must begin with postgres:/],
      [['credential', 'list'], {}, /required option '--tenant <name>'/],
      [create('nonsense', '--name', 'x'), {}, /Allowed choices are flecto/],
      [
        create('connectfi', '--name', 'x', '--login', 'ada@example.test'),
        {},
        /letters, digits and underscores/,
      ],
      [create('billbee', '--name', 'x', '--login', 'a:b'), {}, /without a colon/],
      [create('flexportal', '--name', 'a\nb'), {}, /--name must be one line/],
      [create('lightening', '--name', 'x', '--tier', 'growth'), {}, /--tier says nothing in lightening/],
      [
        create(
          'flecto',
          '--name',
          'x',
          '--issuer',
          'https://id.example',
          '--audience',
          'a',
          '--jwks-url',
          'file:///x',
        ),
        {},
        /--jwks-url must be/,
      ],
      [create('flecto', '--name', 'x', '--store', '--audience', 'a'), {}, /--store goes alone/],
      [['tenant', 'create', 'Bad Name', '--data', directory], {}, /lower-case letters/],
      [['tenant', 'create', 'pier', '--data', directory], {}, /There is a tenant of this name already/],
      [
        ['object', 'list', '--tenant', 'pier', '--dialect', 'lightening', '--kind', 'ship'],
        {},
        /There is no kind "ship"/,
      ],
      [
        ['trade', 'order', '--tenant', 'pier', '--customer', '1', '--id', 'o'],
        {},
        /required option '--status/,
      ],
      [
        ['object', 'create', '{"name":1}', '--tenant', 'x', '--dialect', 'lightening', '--kind', 'branch'],
        {},
        /The fields do not fit/,
      ],
      [
        ['object', 'create', '{}', '--tenant', 'x', '--dialect', 'lightening', '--kind', 'ship'],
        {},
        /There is no kind "ship" in lightening; there are: lightening branch/,
      ],
      [
        ['trade', 'order', '--tenant', 'x', '--customer', '1', '--id', 'a b', '--status', 'pending'],
        {},
        /--id must be/,
      ],
      [['credential', 'list', '--tenant', 'nobody', '--data', directory], {}, /There is no tenant "nobody"/],
    ];
    for (const [args, environment, expected] of cases) {
      const { code, errors, output } = await runCommand(args, environment);
      assert.equal(code, 2, `${args.join(' ')}: ${errors}`);
      assert.match(errors, expected);
      assert.equal(output, '');
    }
  });

  it('says that a database cannot be reached, with exit code 1 and without a stack', async () => {
    const key = `k1:${Buffer.alloc(32, 7).toString('base64')}`;
    const { code, errors } = await runCommand(['migrate'], {
      DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
      CONCORD_ENCRYPTION_KEYS: key,
    });
    assert.equal(code, 1);
    assert.doesNotMatch(errors, /unexpected|node_modules/);
  });
});
