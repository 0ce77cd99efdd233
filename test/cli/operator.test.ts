/** Operators, rotation and last use from the command line, beside a server of their own. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { runCommand, startCommand } from '../support/process.ts';

interface Listed {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly settings: Record<string, unknown>;
  readonly lastUsedAt: string | null;
  readonly expiresAt: string | null;
  readonly replacedBy: string | null;
}

describe('operators and rotation from the command line', () => {
  let directory: string;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'concord-operator-'));
    await command('tenant', 'create', 'quay');
  });
  after(() => rm(directory, { recursive: true, force: true }));

  async function command(...args: string[]): Promise<string> {
    const { code, output, errors } = await runCommand([...args, '--data', directory]);
    assert.equal(code, 0, errors);
    return output;
  }
  const json = async (...args: string[]) => JSON.parse(await command(...args, '--tenant', 'quay', '--json'));
  const operators = (): Promise<Listed[]> => json('operator', 'list');

  async function refused(...args: string[]): Promise<string> {
    const { code, errors, output } = await runCommand([...args, '--tenant', 'quay', '--data', directory]);
    assert.equal(code, 2, errors);
    assert.equal(output, '');
    return errors;
  }

  it('makes a person and a program, shows their secrets once, and lists them without', async () => {
    const person = await json(
      ...['operator', 'create', '--name', 'desk', '--login', 'ada', '--role', 'admin'],
      ...['--reveal', '--installation'],
    );
    assert.deepEqual(Object.keys(person), ['id', 'login', 'password']);
    const program = await json('operator', 'create', '--name', 'sync', '--role', 'editor');
    assert.deepEqual(Object.keys(program), ['id', 'key']);
    const list = await operators();
    assert.deepEqual(
      list.map(({ name, kind, settings }) => ({ name, kind, settings })),
      [
        { name: 'sync', kind: 'key', settings: { role: 'editor' } },
        { name: 'desk', kind: 'password', settings: { role: 'admin', reveal: true, installation: true } },
      ],
    );
    const text = await command('operator', 'list', '--tenant', 'quay');
    assert.match(text, /desk\tadmin\tvalid\tnever used\n/);
    for (const secret of [person.password, program.key, 'ada'])
      assert.ok(!(text + JSON.stringify(list)).includes(secret));
    assert.match(
      await refused('operator', 'create', '--name', 'x', '--login', 'ada', '--role', 'viewer'),
      /in use already/,
    );
  });

  it('says what is wrong with an operator', async () => {
    assert.match(await refused('operator', 'create', '--name', 'x'), /required option '--role/);
    assert.match(await refused('operator', 'create', '--name', 'x', '--role', 'owner'), /Allowed choices/);
    assert.match(
      await refused('operator', 'create', '--name', 'x', '--role', 'editor', '--installation'),
      /--installation is for an admin only/,
    );
  });

  it('rotates a credential, which says when it was used', async () => {
    const made = await json('credential', 'create', '--dialect', 'flexportal', '--name', 'portal');
    const rotated = await json('credential', 'rotate', made.id, '--overlap', '3600');
    assert.deepEqual(Object.keys(rotated), ['id', 'API key', 'Tenant-ID', 'old secret ends']);
    assert.ok(Date.parse(rotated['old secret ends']) > Date.now() + 3_000_000);

    const server = await startCommand(['serve', '--port', '0', '--data', directory]);
    try {
      const origin = server.line.replace('Concord answers on ', '');
      for (const key of [made['API key'], rotated['API key']]) {
        const headers = { authorization: `Bearer ${key}`, 'tenant-id': 'quay' };
        assert.equal((await fetch(`${origin}/v1/customers`, { headers })).status, 200);
      }
    } finally {
      assert.equal(await server.stop(), 0);
    }
    const list: Listed[] = await json('credential', 'list');
    const [old, next] = [made.id, rotated.id].map(id => list.find(each => each.id === id)!);
    assert.equal(old!.replacedBy, rotated.id);
    assert.equal(old!.expiresAt, rotated['old secret ends']);
    for (const each of [old!, next!])
      assert.ok(Date.now() - Date.parse(each.lastUsedAt ?? '') < 60_000, 'a server writes it when it stops');
    assert.match(await command('credential', 'list', '--tenant', 'quay'), /valid until 2.*\tused 2/);

    assert.match(await refused('credential', 'rotate', made.id), /was replaced already/);
    assert.match(await refused('credential', 'rotate', 'nonsense'), /no such credential/);
    assert.match(await refused('credential', 'rotate', next!.id, '--overlap', '2592001'), /30 days/);
    assert.match(await refused('credential', 'rotate', next!.id, '--overlap', '-1'), /--overlap/);
    assert.match(await command('credential', 'revoke', next!.id, '--tenant', 'quay'), /within seconds/);
    assert.match(await refused('credential', 'rotate', next!.id), /has ended/);
  });
});
