/** The promises of the folder names: arrows point inward, SQL lives in the store, vendors live in their folders. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, it } from 'node:test';

const ROOT = join(import.meta.dirname, '..');
const SOURCES = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts'))
  .map(file => join('src', file));

const VENDORS = ['flecto', 'flexportal', 'lightening', 'connectfi', 'billbee'];

const text = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** The project's own files that a file imports, relative to the root. */
function importsOf(file: string): string[] {
  const specifiers = text(file).matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g);
  return [...specifiers].map(match => normalize(join(dirname(file), match[1]!)));
}

const below = (folder: string) => (file: string) => file.startsWith(`${folder}/`);
const folderOf = (file: string): string => relative('src', file).split('/')[0]!;
const vendorOf = (file: string): string | undefined =>
  VENDORS.find(vendor => file.startsWith(`src/dialects/${vendor}/`));
const isTest = (file: string): boolean =>
  file.endsWith('.test.ts') || file.includes('/conformance/') || file.includes('/test-');

describe('architecture', () => {
  it('lets each folder know only those further inside', () => {
    const mayImport: Record<string, readonly string[]> = {
      record: ['record'],
      dialects: ['dialects', 'record'],
      store: ['store', 'record'],
      api: ['api', 'dialects', 'record'],
      bulk: ['bulk', 'api', 'dialects', 'record'],
      server: ['server', 'api', 'dialects', 'record'],
      client: ['client'],
      cli: ['cli', 'client', 'server', 'bulk', 'api', 'dialects', 'store', 'record'],
    };
    const strays = SOURCES.filter(file => !isTest(file)).flatMap(file =>
      importsOf(file)
        .filter(below('src'))
        .filter(target => !mayImport[folderOf(file)]?.includes(folderOf(target)))
        .map(target => `${file} imports ${target}`),
    );
    assert.deepEqual(strays, []);
  });

  it('keeps dialects apart from each other', () => {
    const strays = SOURCES.flatMap(file => {
      const vendor = vendorOf(file);
      return vendor === undefined
        ? []
        : importsOf(file)
            .filter(target => (vendorOf(target) ?? vendor) !== vendor)
            .map(target => `${file} imports ${target}`);
    });
    assert.deepEqual(strays, []);
  });

  it('names a vendor in code only in the vendor’s folder, the list of dialects and the command line', () => {
    const allowed = (file: string) =>
      vendorOf(file) !== undefined ||
      file === 'src/dialects/index.ts' ||
      file === 'src/dialects/contract.ts' ||
      file.startsWith('src/cli/') ||
      isTest(file);
    const strays = SOURCES.filter(file => !allowed(file)).filter(file =>
      new RegExp(`'[^'\n]*(${VENDORS.join('|')})[^'\n]*'`, 'i').test(withoutComments(text(file))),
    );
    assert.deepEqual(strays, []);
  });

  it('keeps SQL and the driver in the store', () => {
    const strays = SOURCES.filter(file => !below('src/store')(file)).filter(
      file =>
        /from 'postgres'/.test(text(file)) ||
        /\b(select|insert into|update|delete from)\b[^'`]*\b(from|values|set|where)\b/i.test(stringsOf(file)),
    );
    assert.deepEqual(strays, []);
  });

  it('keeps the record free of input and output', () => {
    const strays = SOURCES.filter(below('src/record')).filter(file =>
      /from 'node:(fs|net|http|https|child_process|dns|os)/.test(text(file)),
    );
    assert.deepEqual(strays, []);
  });

  it('gives every dialect the same file names', () => {
    const needed = [
      'README.md',
      'answers.ts',
      'auth.ts',
      'errors.ts',
      'examples.ts',
      'index.ts',
      'lens.test.ts',
      'lens.ts',
      'routes.ts',
      'untold.ts',
      'wire.ts',
    ];
    for (const vendor of VENDORS) {
      const present = new Set(readdirSync(join(ROOT, 'src/dialects', vendor)));
      assert.deepEqual(
        needed.filter(name => !present.has(name)),
        [],
        vendor,
      );
    }
  });

  it('opens every module with a line on what it is', () => {
    const strays = SOURCES.filter(file => !file.endsWith('.test.ts')).filter(
      file => !text(file).startsWith('/**'),
    );
    assert.deepEqual(strays, []);
  });
});

const withoutComments = (source: string): string => source.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '');

/** What stands between quotation marks, where SQL would be. */
const stringsOf = (file: string): string =>
  [...withoutComments(text(file)).matchAll(/`[^`]*`|'[^'\n]*'/g)].map(match => match[0]).join('\n');
