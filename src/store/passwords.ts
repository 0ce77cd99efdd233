/** Passwords: argon2id, computed off the event loop, written as PHC strings. */
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { ConcordError } from '../record/errors.ts';

/** OWASP Password Storage Cheat Sheet: m=19456 (19 MiB), t=2, p=1. One takes some 25 ms of one core. */
const MEMORY_KIB = 19_456;
const PASSES = 2;
const PARALLELISM = 1;
const TAG_BYTES = 32;
const SALT_BYTES = 16;

/** They share the thread pool of four with file access, and half a pool is enough of them at once. */
const AT_ONCE = 2;
/** In line behind them: at 25 ms each, the last one waits 1.6 seconds. */
const WAITING_MAXIMUM = 128;

/** A hash of another shape is not ours; a crafted one must not choose how much memory is used. */
const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;
const MEMORY_MAXIMUM_KIB = 1_048_576;

const compute = promisify(argon2);

let working = 0;
const line: (() => void)[] = [];

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const parameters = { memory: MEMORY_KIB, passes: PASSES, parallelism: PARALLELISM };
  return phc(salt, await derive(password, salt, TAG_BYTES, parameters));
}

export async function verifyPassword(password: string, verifier: string): Promise<boolean> {
  const parts = PHC.exec(verifier);
  if (!parts || Number(parts[1]) > MEMORY_MAXIMUM_KIB) return false;
  const parameters = { memory: Number(parts[1]), passes: Number(parts[2]), parallelism: Number(parts[3]) };
  const expected = Buffer.from(parts[5]!, 'base64');
  const tag = await derive(password, Buffer.from(parts[4]!, 'base64'), expected.length, parameters);
  return timingSafeEqual(tag, expected);
}

/** Fits no password, and costs as much to compare with as any other. */
const DECOY = phc(randomBytes(SALT_BYTES), randomBytes(TAG_BYTES));

/** Costs as much time as a wrong password, for a login that does not exist. */
export async function spendVerification(password: string): Promise<false> {
  await verifyPassword(password, DECOY);
  return false;
}

async function derive(
  password: string,
  nonce: Buffer,
  tagLength: number,
  parameters: { memory: number; passes: number; parallelism: number },
): Promise<Buffer> {
  if (working < AT_ONCE) working += 1;
  else {
    if (line.length >= WAITING_MAXIMUM) {
      throw new ConcordError('too-busy', { detail: 'too many passwords to verify', retryAfterSeconds: 1 });
    }
    await new Promise<void>(resolve => line.push(resolve));
  }
  try {
    return await compute('argon2id', { message: password, nonce, tagLength, ...parameters });
  } finally {
    const next = line.shift();
    if (next) next();
    else working -= 1;
  }
}

function phc(salt: Buffer, tag: Buffer): string {
  const [saltText, tagText] = [salt, tag].map(bytes => bytes.toString('base64').replaceAll('=', ''));
  return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${PARALLELISM}$${saltText}$${tagText}`;
}
