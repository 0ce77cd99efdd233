/** `/console/`: the console's files as they were built, and the page they hang on. */
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const DIST = join(import.meta.dirname, '../../console/dist');
const BASE = '/console/';
/** 128 random bits: nobody guesses the nonce of an answer. */
const NONCE_BYTES = 16;
/** Where the build left a place for the nonce. */
const NONCE_PLACE = '__CSP_NONCE__';

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
};

/** The best first. */
const ENCODINGS = [
  { name: 'br', suffix: '.br' },
  { name: 'gzip', suffix: '.gz' },
] as const;

interface Asset {
  readonly type: string;
  readonly plain: Buffer;
  readonly encoded: Readonly<Record<string, Buffer>>;
}

const SECURITY = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** Scripts and data of this origin alone; style elements that carry the nonce, because the component library writes its variables into one. */
const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "connect-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join('; ');

const UNBUILT = `<!doctype html><html lang="en"><title>Concord</title>
<h1>The console is not built</h1><p>Build it with <code>npm run console:build</code> and start the server again.</p></html>`;

/**
 * The files are read once, at the start: some 2 MB, of which only names that are there can be asked for. That is less
 * than a package for files on disk brings (paths to guard, ranges, directories), and no request waits for a disk.
 */
export function consoleRoutes(app: FastifyInstance, directory = DIST): void {
  const built = existsSync(join(directory, 'index.html'));
  const page = built ? readFileSync(join(directory, 'index.html'), 'utf8') : UNBUILT;
  const assets = built ? readAssets(directory) : new Map<string, Asset>();
  // People look at headers with HEAD.
  const options = { config: { operation: 'console' }, exposeHeadRoute: true };

  const sendPage = (reply: FastifyReply): FastifyReply => {
    const nonce = randomBytes(NONCE_BYTES).toString('base64');
    return reply
      .code(built ? 200 : 503)
      .headers({ ...SECURITY, 'content-security-policy': policy(nonce), 'cache-control': 'no-cache' })
      .type('text/html; charset=utf-8')
      .send(page.replaceAll(NONCE_PLACE, nonce));
  };

  app.get('/', options, async (_request, reply) => reply.redirect(BASE, 302));
  app.get('/console', options, async (_request, reply) => reply.redirect(BASE, 302));
  app.get('/console/*', options, async (request, reply) => {
    const { '*': path } = request.params as { '*': string };
    const asset = assets.get(path);
    if (asset) return sendAsset(request, reply, asset);
    // A page of the console has no dot in its name; a file of an earlier build must not come back as a page.
    if (path.startsWith('assets/'))
      return reply
        .code(404)
        .headers(SECURITY)
        .type('text/plain; charset=utf-8')
        .send('There is no such file.');
    return sendPage(reply);
  });
}

function sendAsset(
  request: FastifyRequest,
  reply: FastifyReply,
  { type, plain, encoded }: Asset,
): FastifyReply {
  const encoding = ENCODINGS.find(({ name }) => encoded[name] && accepts(request, name));
  reply.headers({
    ...SECURITY,
    // A name has the hash of its content in it.
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'accept-encoding',
    ...(encoding && { 'content-encoding': encoding.name }),
  });
  return reply.type(type).send(encoding ? encoded[encoding.name] : plain);
}

/** RFC 9110, 12.5.3: named, or `*`, and not with the weight nought. */
function accepts(request: FastifyRequest, encoding: string): boolean {
  const wanted = String(request.headers['accept-encoding'] ?? '').toLowerCase();
  const choices = wanted.split(',').map(choice => choice.trim().split(/\s*;\s*q=/));
  const choice = choices.find(([name]) => name === encoding) ?? choices.find(([name]) => name === '*');
  return choice !== undefined && Number(choice[1] ?? 1) > 0;
}

function readAssets(directory: string): Map<string, Asset> {
  const files = new Set(
    readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry =>
        join(entry.parentPath, entry.name)
          .slice(directory.length + 1)
          .replaceAll('\\', '/'),
      ),
  );
  const read = (file: string): Buffer => readFileSync(join(directory, file));
  return new Map(
    [...files]
      .filter(file => TYPES[extname(file)] !== undefined)
      .map(file => [
        file,
        {
          type: TYPES[extname(file)]!,
          plain: read(file),
          encoded: Object.fromEntries(
            ENCODINGS.filter(({ suffix }) => files.has(file + suffix)).map(({ name, suffix }) => [
              name,
              read(file + suffix),
            ]),
          ),
        },
      ]),
  );
}
