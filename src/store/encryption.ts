/** Encryption of identity documents, and the keyed hashes by which equal values are found. Fails closed. */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { TenantId } from '../record/customer.ts';
import { ConcordError } from '../record/errors.ts';
import { StartError } from './start-errors.ts';

/** A key of the configuration. Its id stands in every ciphertext, so that keys can be replaced one by one. */
export interface EncryptionKey {
  readonly id: string;
  /** 32 random bytes. */
  readonly key: Uint8Array;
}

/** The values of a customer's identity documents by the id of the document. */
export type DocumentValues = Readonly<Record<string, string>>;

export interface Vault {
  seal(tenant: TenantId, customerId: string, values: DocumentValues): string;
  /** @throws ConcordError `internal` when the key is missing or the text is not what was sealed here. */
  open(tenant: TenantId, customerId: string, sealed: string): DocumentValues;
  /** One for every key, so that servers in the middle of a change of keys still see each other's claims. */
  hashes(tenant: TenantId, scope: string, value: string): KeyedHash[];
  /** The ids of all keys; the first one seals. */
  readonly keyIds: readonly [string, ...string[]];
  /** A text that this key alone opens: see `proves`. */
  prove(keyId: string): string;
  /** Whether the key of the proof's id is the one that made it. */
  proves(proof: string): boolean;
}

export interface KeyedHash {
  readonly keyId: string;
  /** Hexadecimal. */
  readonly hash: string;
}

/** The id of the key that sealed the text. */
export const keyIdOf = (sealed: string): string => sealed.split('.', 2)[1] ?? '';

const KEY_BYTES = 32;
/** The nonce and tag lengths that NIST SP 800-38D recommends for GCM. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_ID = /^[A-Za-z0-9_-]{1,32}$/;
const FORMAT = 'v1';
/** Where proofs are sealed: no tenant has this number, and no customer such an id. */
const NOBODY = 0;
const PROOF = 'proof of the key';

interface Derived {
  readonly id: string;
  readonly sealing: Buffer;
  readonly hashing: Buffer;
}

/** The first key seals, all of them open. */
export function openVault(keys: readonly EncryptionKey[]): Vault {
  const derived = keys.map(derive);
  const first = derived[0];
  if (!first) throw new StartError('configuration-invalid', 'There is no encryption key. Configure one.');
  const byId = new Map(derived.map(key => [key.id, key]));
  if (byId.size !== keys.length) {
    throw new StartError('configuration-invalid', 'Two encryption keys have the same id. Rename one.');
  }
  const named = (id: string): Derived => {
    const key = byId.get(id);
    if (!key) throw broken('the key is not configured');
    return key;
  };
  return {
    seal: (tenant, customerId, values) => seal(first, tenant, customerId, values),
    open: (tenant, customerId, sealed) => open(named(keyIdOf(sealed)), tenant, customerId, sealed),
    hashes: (tenant, scope, value) =>
      derived.map(key => ({
        keyId: key.id,
        hash: createHmac('sha256', key.hashing).update(`${tenant}\0${scope}\0${value}`).digest('hex'),
      })),
    keyIds: [first.id, ...derived.slice(1).map(key => key.id)],
    prove: keyId => seal(named(keyId), NOBODY, PROOF, {}),
    proves: proof => {
      try {
        open(named(keyIdOf(proof)), NOBODY, PROOF, proof);
        return true;
      } catch {
        return false;
      }
    },
  };
}

function derive({ id, key }: EncryptionKey): Derived {
  if (!KEY_ID.test(id) || key.length !== KEY_BYTES) {
    throw new StartError(
      'configuration-invalid',
      'An encryption key has an id of 1 to 32 letters, digits, - and _, and 32 bytes.',
    );
  }
  const subkey = (purpose: string) => Buffer.from(hkdfSync('sha256', key, '', purpose, KEY_BYTES));
  return { id, sealing: subkey('concord identity documents'), hashing: subkey('concord claims') };
}

/** Binds the text to its place: moved to another customer or tenant, it does not open. */
const placeOf = (key: Derived, tenant: TenantId, customerId: string): Buffer =>
  Buffer.from(`${FORMAT}/${key.id}/${tenant}/${customerId}`);

function seal(key: Derived, tenant: TenantId, customerId: string, values: DocumentValues): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key.sealing, nonce);
  cipher.setAAD(placeOf(key, tenant, customerId));
  const text = Buffer.concat([cipher.update(JSON.stringify(values), 'utf8'), cipher.final()]);
  return `${FORMAT}.${key.id}.${Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url')}`;
}

function open(key: Derived, tenant: TenantId, customerId: string, sealed: string): DocumentValues {
  const [format, , encoded = ''] = sealed.split('.');
  const bytes = Buffer.from(encoded, 'base64url');
  if (format !== FORMAT || bytes.length < NONCE_BYTES + TAG_BYTES) throw broken('the format is unknown');
  try {
    const decipher = createDecipheriv('aes-256-gcm', key.sealing, bytes.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(placeOf(key, tenant, customerId));
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const text = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
    return JSON.parse(text.toString('utf8')) as DocumentValues;
  } catch {
    throw broken('the key is another one, or the text was changed');
  }
}

const broken = (why: string): ConcordError =>
  new ConcordError('internal', { detail: `identity documents cannot be decrypted: ${why}` });
