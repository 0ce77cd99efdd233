/** `npm run console:build`: the console's files in console/dist, each with a brotli and a gzip twin beside it. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const DIST = join(import.meta.dirname, 'dist');
/** What is text; pictures and fonts are compressed already. index.html is written anew for each answer. */
const COMPRESSIBLE = /\.(js|css|svg|json|txt)$/;

const toBrotli = promisify(brotliCompress);
const toGzip = promisify(gzip);

/** Without development packages (`npm ci --omit=dev`) there is nothing to build with: the server says so on its page. */
const vite = await import('vite').catch(() => undefined);
if (vite === undefined) console.error('The console is not built: Vite is not installed.');
else {
  await vite.build({ configFile: join(import.meta.dirname, 'vite.config.ts'), logLevel: 'warn' });
  await compressAll();
}

async function compressAll(): Promise<void> {
  const files = await readdir(DIST, { recursive: true });
  await Promise.all(
    files
      .filter(file => COMPRESSIBLE.test(file))
      .map(async file => {
        const path = join(DIST, file);
        const plain = await readFile(path);
        const options = {
          params: {
            [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
            [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
          },
        };
        await writeFile(`${path}.br`, await toBrotli(plain, options));
        await writeFile(`${path}.gz`, await toGzip(plain, { level: constants.Z_BEST_COMPRESSION }));
      }),
  );
}
