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

  it('migrates, makes a tenant and its credentials, and serves them', async () => {
    assert.ok((await json('migrate')).schemaVersion >= 1);
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

    const server = await startCommand(['serve', '--port', '0', '--data', directory]);
    try {
      const origin = server.line.replace('Concord answers on ', '');
      const headers = { authorization: `Bearer ${key['API key']}`, 'tenant-id': 'quay' };
      const answer = await fetch(`${origin}/v1/customers/cust_1`, { headers });
      assert.equal(answer.status, 404);
      assert.equal(((await answer.json()) as { error: { code: string } }).error.code, 'NOT_FOUND');
    } finally {
      assert.equal(await server.stop(), 0);
    }

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

  it('says what is wrong with a command or a setting, with exit code 2', async () => {
    const cases: [string[], Record<string, string>, RegExp][] = [
      [['nonsense'], {}, /unknown command/],
      [['serve', '--port', '70000'], {}, /port must be a whole number/],
      [['serve', '--log-level', 'loud'], {}, /log level must be one of/],
      [['serve'], { CONCORD_ENCRYPTION_KEYS: 'k1:short' }, /32 bytes in base64/],
      [['serve'], { DATABASE_URL: 'postgres://127.0.0.1:1/none' }, /CONCORD_ENCRYPTION_KEYS must be set/],
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
