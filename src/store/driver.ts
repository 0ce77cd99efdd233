/**
 * The driver, mended while it is loaded. In postgres 3.4.9 a connection that the database ends in the middle of a
 * transaction is written to once more, by the driver's own `rollback`: a TypeError in a callback of its own, which
 * nobody can catch and which ends the process. And what the transaction says after that may run on the next
 * connection, outside any transaction. (porsager/postgres issues 1208, 1154, 1133; pull requests 1155 and 1209.)
 *
 * The copy that is mended has a URL of its own, so that it does not matter who else has loaded the driver before.
 * When a newer driver does not have these lines any more, the import says so: then look whether this file can go.
 */
import { registerHooks } from 'node:module';
import type postgresType from 'postgres';

const MARK = '?mended';

type Mend = readonly [broken: string, whole: string];

const MENDS: Readonly<Record<string, readonly Mend[]>> = {
  'connection.js': [
    // Whoever waits for the answer to what cannot be sent is told so.
    [
      '  function nextWrite(fn) {\n',
      `  function nextWrite(fn) {
    if (socket === null) {
      clearImmediate(nextWriteTimer)
      chunk = nextWriteTimer = null
      error(Errors.connection('CONNECTION_CLOSED', options, socket))
      return false
    }
`,
    ],
    // What was not sent belongs to the connection that is gone, and must not go before the greeting of the next one.
    [
      '    incoming = Buffer.alloc(0)\n    remaining = 0\n    incomings = null\n    clearImmediate(nextWriteTimer)\n',
      '    incoming = Buffer.alloc(0)\n    remaining = 0\n    incomings = null\n    clearImmediate(nextWriteTimer)\n    chunk = nextWriteTimer = null\n',
    ],
    // Nor is the reason of its end one for the first statement on the next one to fail.
    [
      '    closedTime = performance.now()\n',
      '    query = errorResponse = null\n    closedTime = performance.now()\n',
    ],
  ],
  'index.js': [
    // A transaction is over when its connection is.
    ['    let savepoints = 0\n', '    let lost = null\n    let savepoints = 0\n'],
    [
      '(_, reject) => connection.onclose = reject)',
      '(_, reject) => connection.onclose = error => reject(lost = error))',
    ],
    [
      '        q.catch(e => uncaughtError || (uncaughtError = e))\n',
      '        q.catch(e => uncaughtError || (uncaughtError = e))\n        if (lost) return q.reject(lost)\n',
    ],
  ],
};

registerHooks({
  resolve(specifier, context, nextResolve) {
    const isMarked = specifier === `postgres${MARK}`;
    const isWithin = specifier.startsWith('.') && context.parentURL?.endsWith(MARK) === true;
    const found = nextResolve(isMarked ? 'postgres' : specifier, context);
    return isMarked || isWithin ? { ...found, url: found.url + MARK } : found;
  },
  load(url, context, nextLoad) {
    if (!url.endsWith(MARK)) return nextLoad(url, context);
    const loaded = nextLoad(url.slice(0, -MARK.length), context);
    const name = url.slice(url.lastIndexOf('/') + 1, -MARK.length);
    return { ...loaded, source: mended(name, String(loaded.source)) };
  },
});

function mended(name: string, source: string): string {
  return (MENDS[name] ?? []).reduce((text, [broken, whole]) => {
    if (text.split(broken).length !== 2)
      throw new Error(`The driver's ${name} has changed: see src/store/driver.ts.`);
    return text.replace(broken, () => whole);
  }, source);
}

const { default: driver } = (await import(`postgres${MARK}`)) as { default: typeof postgresType };

export const openDriver = driver;
