/** Hosts of the public internet, by name or address: the only ones that a tenant may make the server ask. */
import { lookup, promises } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { isPublicAddress } from './public-address.ts';

/** Milliseconds. Names are found within some 100; the system would try for a minute. */
const LOOKUP_MILLISECONDS = 3_000;

const isPublic = (addresses: readonly { readonly address: string }[]): boolean =>
  addresses.length > 0 && addresses.every(({ address }) => isPublicAddress(address));

/** An IP address as it stands in a URL, or `undefined` for a name. */
function addressIn(hostname: string): string | undefined {
  const address = hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(address) === 0 ? undefined : address;
}

/**
 * Whether the host is of the server's own machine or network. A name that is not found now is not: whoever asks it
 * looks again, with `publicOnly`.
 */
export async function isInside({ hostname }: URL): Promise<boolean> {
  const address = addressIn(hostname);
  if (address !== undefined) return !isPublicAddress(address);
  const found = promises.lookup(hostname, { all: true }).catch(() => []);
  const addresses = await Promise.race([found, sleep(LOOKUP_MILLISECONDS, [], { ref: false })]);
  return addresses.length > 0 && !isPublic(addresses);
}

/**
 * What a request is sent with, so that it reaches a public host or nobody. The name is looked up once, and what was
 * looked at is what is connected to: a name that leads elsewhere a moment later gains nothing.
 *
 * @throws Error when the host is an address that is not public.
 */
export function publicOnly({ hostname }: URL): { readonly lookup: LookupFunction } {
  const address = addressIn(hostname);
  if (address !== undefined && !isPublicAddress(address)) throw refusal();
  return { lookup: publicLookup };
}

const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const fault = error ?? (isPublic(addresses) ? null : refusal());
    if (fault) callback(fault, []);
    else if (options.all) callback(null, addresses);
    else callback(null, addresses[0]!.address, addresses[0]!.family);
  });
};

const refusal = (): Error => new Error('The host is not of the public internet.');
