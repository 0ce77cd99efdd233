/** The list of problems, in the documents and on the server's page, says what the code says. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { STATUSES } from '../../src/api/errors.ts';
import { problemPages } from '../../src/api/problems.ts';
import { ERRORS } from '../../src/record/errors.ts';
import { type Concord, send, startConcord } from '../support/concord.ts';

const DOCUMENT = readFileSync(join(import.meta.dirname, '../../docs/problems.md'), 'utf8');

/** The rows of the table, without its head. */
const rows = DOCUMENT.split('\n')
  .filter(line => line.startsWith('| `'))
  .map(line => line.slice(2, -2).split(' | '));

describe('problems', () => {
  let concord: Concord;
  before(async () => {
    concord = await startConcord();
  });
  after(() => concord.stop());

  it('are all in the document, with the status, title and advice of the code, and nothing else is', () => {
    const expected = problemPages().map(({ code, status, title, advice }) => [
      `\`${code}\``,
      String(status),
      title,
      advice,
    ]);
    assert.deepEqual(rows, expected);
    assert.deepEqual(
      rows.map(([code]) => code!.slice(1, -1)).sort(),
      Object.keys(ERRORS).sort(),
      'a code is missing',
    );
    assert.deepEqual(Object.keys(STATUSES).sort(), Object.keys(ERRORS).sort());
  });

  it('have an anchor each on the page that their type leads to', async () => {
    const answer = await send(`${concord.origin}/concord/v1/customers/x/history`, 'GET', {}, {});
    assert.equal(answer.status, 401);
    assert.equal(answer.headers.get('content-type'), 'application/problem+json; charset=utf-8');
    const [path, anchor] = String(answer.json.type).split('#');
    const page = await send(`${concord.origin}${path}`, 'GET', {}, {});
    assert.equal(page.status, 200);
    assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'/);
    assert.ok(page.text.includes(`id="${anchor}"`));
    const anchors = [...page.text.matchAll(/<article id="([^"]+)">/g)].map(match => match[1]!);
    assert.deepEqual(anchors.sort(), Object.keys(ERRORS).sort());
    assert.ok(!page.text.includes('<script') && !page.text.includes('`'));
  });
});
