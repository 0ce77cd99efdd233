/** The parts of the page of views that need no browser: lines of JSON, own words, commands, reasons in every language. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { curlOf } from '../../console/src/pages/customer/views/curl.ts';
import {
  type JsonLine,
  leavesOf,
  linesOf,
  withoutEmpty,
} from '../../console/src/pages/customer/views/json-lines.ts';
import { isInOwnWords, textsOfRecord } from '../../console/src/pages/customer/views/own-words.ts';
import { reasonIn } from '../../console/src/pages/customer/views/reasons.ts';
import { customer as anyCustomer } from '../../src/dialects/conformance/generate.ts';
import { DIALECTS } from '../../src/dialects/index.ts';
import { viewOf } from '../../src/dialects/view.ts';

const textOfLine = ({ depth, name, bracket, value, continues }: JsonLine): string =>
  `${'  '.repeat(depth)}${name === undefined ? '' : `${JSON.stringify(name)}: `}${bracket ?? JSON.stringify(value)}${continues ? ',' : ''}`;

describe('lines of JSON', () => {
  it('are the body, as JSON writes it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), body => {
        assert.equal(linesOf(body).map(textOfLine).join('\n'), JSON.stringify(body, null, 2));
      }),
    );
  });

  it('have a place each', () => {
    fc.assert(
      fc.property(fc.jsonValue(), body => {
        const pointers = linesOf(body)
          .filter(({ bracket }) => bracket === undefined)
          .map(({ pointer }) => pointer);
        assert.equal(new Set(pointers).size, pointers.length);
        assert.equal(leavesOf(body).size, pointers.length);
      }),
    );
  });

  it('without what is empty keep everything else', () => {
    assert.deepEqual(
      withoutEmpty({ a: '', b: null, c: 0, d: [{ e: null }], f: {}, g: { h: '' }, i: false }),
      {
        c: 0,
        d: [{}],
        i: false,
      },
    );
  });
});

describe('own words', () => {
  const record = textsOfRecord({ number: 7, addresses: [{ country: 'PT', formatted: ['Portugal'] }] });
  it('are values that read like none of the record', () => {
    assert.equal(isInOwnWords('PT', record), false);
    assert.equal(isInOwnWords('Portugal', record), true);
    assert.equal(isInOwnWords(7, record), false);
    assert.equal(isInOwnWords('7', record), false);
  });
  it('are not told by what says nothing', () => {
    for (const value of [null, '', 0, '0', false, true]) assert.equal(isInOwnWords(value, record), false);
  });
});

describe('a request as a command', () => {
  it('is one word for each argument, whatever is in it', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ -~]{0,12}$/), path => {
        const command = curlOf({
          dialect: 'x',
          method: 'GET',
          origin: 'http://h',
          path: `/${path}`,
          tenant: 't',
        });
        const told = execFileSync('sh', ['-c', command.replace('curl', "printf '%s\\n'")], {
          encoding: 'utf8',
        });
        assert.deepEqual(told.split('\n'), [
          '-s',
          '-H',
          'Authorization: Bearer <TOKEN>',
          `http://h/${path}`,
          '',
        ]);
      }),
      { numRuns: 15 },
    );
  });
  it('names what each system asks for, and no secret', () => {
    for (const { name } of DIALECTS) {
      const command = curlOf({
        dialect: name,
        method: 'GET',
        origin: 'http://h',
        path: '/',
        tenant: 'harbor',
      });
      assert.match(command, /<[A-Z: -]+(in base64)?>/, name);
    }
  });
});

describe('reasons', () => {
  it('are told in every language, for every record and every dialect', () => {
    const missing = new Set<string>();
    fc.assert(
      fc.property(anyCustomer, customer => {
        for (const dialect of DIALECTS) {
          for (const { reason } of viewOf(dialect, customer).omitted) {
            for (const language of ['de', 'pt'] as const) {
              const told = reasonIn(language, reason, dialect.title);
              if (told === reason || told.includes('{}')) missing.add(`${language} ${reason}`);
            }
          }
        }
      }),
      { numRuns: 200 },
    );
    // What a schema says of a value that breaks it stays as the schema says it.
    assert.deepEqual(
      [...missing].filter(told => !/ \w+ must | must /.test(told)),
      [],
    );
  });
});
