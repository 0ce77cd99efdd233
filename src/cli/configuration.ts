/** Configuration from the environment: each setting once, with its default and what is wrong with a bad value. */
import { resolve } from 'node:path';

export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

export interface EncryptionKey {
  /** Stands in every ciphertext, so that keys can be changed one after the other. */
  readonly id: string;
  /** 32 bytes. */
  readonly key: Buffer;
}

export interface Configuration {
  /** A PostgreSQL 15 or newer; absent for the embedded one. */
  readonly databaseUrl: string | undefined;
  /** Whether `databaseUrl` leads to a pooler that gives each transaction another connection. */
  readonly pooler: boolean;
  /** Streaming replicas of the database, for reads that take longer. */
  readonly replicaUrls: readonly string[];
  /** Where the embedded database and the generated secrets live. */
  readonly dataDirectory: string;
  readonly host: string;
  readonly port: number;
  readonly logLevel: LogLevel;
  /** Whether the vendors' documented rate limits are kept. */
  readonly rateLimits: boolean;
  /** The first seals, all open. Empty when none are configured. */
  readonly encryptionKeys: readonly EncryptionKey[];
}

const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
type LogLevel = (typeof LOG_LEVELS)[number];

const KEY_BYTES = 32;
const KEY = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/_-]{43}=?)$/;

const DATABASE = /^postgres(ql)?:\/\//;
/** A comma that the next URL follows: a password may have one, too. */
const REPLICA_BOUNDARY = /,(?=\s*(?:postgres(?:ql)?:\/\/|$))/;

export type Environment = Readonly<Record<string, string | undefined>>;

/** What the flags of a command say, before the environment is asked. */
export interface Overrides {
  readonly data?: string;
  readonly host?: string;
  readonly port?: string;
  readonly logLevel?: string;
  readonly rateLimits?: boolean;
}

export interface Defaults {
  readonly logLevel: LogLevel;
  readonly rateLimits: boolean;
}

const DEFAULTS: Defaults = { logLevel: 'info', rateLimits: true };

export function readConfiguration(
  environment: Environment,
  overrides: Overrides = {},
  given: Partial<Defaults> = {},
): Configuration {
  const defaults = { ...DEFAULTS, ...given };
  return {
    databaseUrl: readDatabase(environment.DATABASE_URL),
    pooler: readPooler(environment),
    replicaUrls: readReplicas(environment),
    dataDirectory: resolve(setting(overrides.data, environment.CONCORD_DATA, './data')),
    host: setting(overrides.host, environment.CONCORD_HOST, '127.0.0.1'),
    port: readPort(setting(overrides.port, environment.CONCORD_PORT, '4000')),
    logLevel: readLevel(setting(overrides.logLevel, environment.CONCORD_LOG_LEVEL, defaults.logLevel)),
    rateLimits: overrides.rateLimits ?? readSwitch(environment.CONCORD_RATE_LIMITS, defaults.rateLimits),
    encryptionKeys: readKeys(environment.CONCORD_ENCRYPTION_KEYS ?? ''),
  };
}

/** An empty setting is none: an empty address would be every address, and an empty directory the present one. */
const setting = (flag: string | undefined, variable: string | undefined, otherwise: string): string =>
  flag || variable || otherwise;

function readDatabase(text: string | undefined): string | undefined {
  if (!text) return undefined;
  // The value itself may hold a password and is not repeated.
  if (!DATABASE.test(text)) {
    throw new ConfigurationError('DATABASE_URL must begin with postgres:// or postgresql://.');
  }
  return text;
}

function readPooler({ CONCORD_POOLER: text, DATABASE_URL: database }: Environment): boolean {
  if (!text || text === 'none') return false;
  if (text !== 'transaction') {
    throw new ConfigurationError(`CONCORD_POOLER must be transaction or none, not "${text}".`);
  }
  if (!database)
    throw new ConfigurationError('CONCORD_POOLER says what DATABASE_URL leads to, which is not set.');
  return true;
}

/** Each is asked for how far it is by itself. */
const isOfOneHost = (url: string): boolean =>
  DATABASE.test(url) && URL.canParse(url) && !new URL(url).hostname.includes(',');

function readReplicas({ CONCORD_REPLICA_URL: text = '', DATABASE_URL: database }: Environment): string[] {
  const urls = text
    .split(REPLICA_BOUNDARY)
    .map(part => part.trim())
    .filter(part => part !== '');
  if (urls.length === 0) return [];
  // The values may hold passwords and are not repeated.
  if (!urls.every(isOfOneHost)) {
    throw new ConfigurationError(
      'CONCORD_REPLICA_URL must be URLs of PostgreSQL with one host each, separated by commas.',
    );
  }
  if (!database) {
    throw new ConfigurationError('CONCORD_REPLICA_URL names replicas of DATABASE_URL, which is not set.');
  }
  return urls;
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) {
    throw new ConfigurationError(`The port must be a whole number from 0 to 65535, not "${text}".`);
  }
  return port;
}

function readLevel(text: string): LogLevel {
  const level = LOG_LEVELS.find(each => each === text);
  if (!level)
    throw new ConfigurationError(`The log level must be one of ${LOG_LEVELS.join(', ')}, not "${text}".`);
  return level;
}

function readSwitch(text: string | undefined, otherwise: boolean): boolean {
  if (text === undefined || text === '') return otherwise;
  if (text !== 'on' && text !== 'off') {
    throw new ConfigurationError(`CONCORD_RATE_LIMITS must be on or off, not "${text}".`);
  }
  return text === 'on';
}

function readKeys(text: string): EncryptionKey[] {
  const keys = text
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '')
    .map(part => {
      const match = KEY.exec(part);
      const key = Buffer.from(match?.[2] ?? '', 'base64');
      if (!match || key.length !== KEY_BYTES) {
        // The value itself is a secret and is not repeated.
        throw new ConfigurationError(
          'CONCORD_ENCRYPTION_KEYS must be a comma-separated list of id:key, each key 32 bytes in base64. ' +
            'Make one with: openssl rand -base64 32',
        );
      }
      return { id: match[1]!, key };
    });
  if (new Set(keys.map(key => key.id)).size < keys.length) {
    throw new ConfigurationError('CONCORD_ENCRYPTION_KEYS names one id twice.');
  }
  return keys;
}

/** Addresses that only this machine can reach. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
