/** The documents under `/docs`: valid OpenAPI 3.1, complete, and the pages around them. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { concord as ownApi } from '../src/api/index.ts';
import type { Surface } from '../src/dialects/contract.ts';
import { DIALECTS } from '../src/dialects/index.ts';
import { type Concord, startConcord } from './support/concord.ts';
import { faultsOfAnswer } from './support/contract.ts';

const SURFACES: readonly Surface<never>[] = [ownApi, ...DIALECTS];

describe('the OpenAPI documents', () => {
  let concord: Concord;
  before(async () => {
    concord = await startConcord();
  });
  after(() => concord.stop());

  for (const surface of SURFACES) {
    it(`${surface.title}: is valid OpenAPI 3.1 and has every operation with its answers and refusals`, async () => {
      const answer = await fetch(`${concord.origin}/docs/${surface.name}.json`);
      assert.equal(answer.headers.get('content-type'), 'application/json; charset=utf-8');
      // biome-ignore lint/suspicious/noExplicitAny: the validator says whether it is a document.
      const document = (await answer.json()) as any;
      const result = await new Validator().validate(structuredClone(document));
      assert.ok(result.valid, JSON.stringify(result.errors));
      assert.equal(document.openapi, '3.1.0');
      const ids = new Set<string>();
      for (const route of surface.routes) {
        const operation =
          document.paths[route.path.replaceAll(/:(\w+)/g, '{$1}')][route.method.toLowerCase()];
        assert.ok(!ids.has(operation.operationId), operation.operationId);
        ids.add(operation.operationId);
        const statuses = [...Object.keys(route.answers), ...Object.keys(surface.refusals)];
        assert.deepEqual(Object.keys(operation.responses).toSorted(), [...new Set(statuses)].toSorted());
        assert.equal(operation.requestBody !== undefined, route.body !== undefined);
      }
    });

    it(`${surface.title}: has a page that loads nothing but its style sheet`, async () => {
      const answer = await fetch(`${concord.origin}/docs/${surface.name}`);
      const text = await answer.text();
      assert.equal(answer.headers.get('content-type'), 'text/html; charset=utf-8');
      assert.match(
        answer.headers.get('content-security-policy') ?? '',
        /^default-src 'none'; style-src 'self'/,
      );
      assert.doesNotMatch(text, /<script|src=|https?:\/\//);
      for (const { path } of surface.routes)
        assert.ok(text.includes(path.replaceAll(/:(\w+)/g, '{$1}')), path);
    });
  }

  it('are listed on one page', async () => {
    const text = await (await fetch(`${concord.origin}/docs`)).text();
    for (const { name } of SURFACES) assert.ok(text.includes(`/docs/${name}.json`));
    assert.equal((await fetch(`${concord.origin}/docs/style.css`)).status, 200);
  });
});

describe('the check of every answer', () => {
  const answered = {
    method: 'GET',
    path: '/v1/customers/cust_1',
    contentType: 'application/json; charset=utf-8',
  };
  const refused = { ...answered, status: 404, text: '{"error":{"code":"NOT_FOUND","message":"x"}}' };

  it('passes what the document has, and finds a wrong code, key, status, media type and body', () => {
    assert.deepEqual(faultsOfAnswer(refused), []);
    const wrong = [
      { ...refused, text: '{"error":{"code":"MISSING","message":"x"}}' },
      { ...refused, text: '{"error":{"code":"NOT_FOUND","message":"x"},"more":1}' },
      { ...refused, text: '{"error":{"code":"NOT_FOUND"}}' },
      { ...refused, text: '' },
      { ...refused, status: 418 },
      { ...refused, contentType: 'text/plain' },
      { ...answered, status: 200, text: '{}' },
    ];
    for (const answer of wrong) assert.notDeepEqual(faultsOfAnswer(answer), [], JSON.stringify(answer));
  });

  it('knows whose path it is: at the root, below a vendor’s name, unknown ones, and nobody’s', () => {
    const text = '{"error":{"code":"NOT_FOUND","message":"x"}}';
    assert.deepEqual(faultsOfAnswer({ ...refused, path: '/flexportal/v1/customers/cust_1' }), []);
    assert.deepEqual(faultsOfAnswer({ ...refused, path: '/v1/unknown' }), []);
    assert.notDeepEqual(faultsOfAnswer({ ...refused, path: '/address/1', text }), []);
    assert.deepEqual(faultsOfAnswer({ ...refused, path: '/metrics', text: 'anything' }), []);
  });
});
