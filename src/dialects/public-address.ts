/** Which IP addresses are of the public internet, and which of a machine, a network or a document. */
import { BlockList, isIP } from 'node:net';

/** The IANA IPv4 Special-Purpose Address Registry (RFC 6890), with multicast and what is reserved. */
const RESERVED_IPV4: ReadonlyArray<readonly [string, number]> = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];

/** All that is given out as global unicast (RFC 4291 §2.4): loopback, local and embedded IPv4 addresses are outside of it. */
const GLOBAL_IPV6: readonly [string, number] = ['2000::', 3];

/** Within it what is for protocols and documents (RFC 2928, RFC 3849, RFC 9637), and 6to4, which leads to an IPv4 address. */
const RESERVED_IPV6: ReadonlyArray<readonly [string, number]> = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

const [reserved4, reserved6, global6] = [new BlockList(), new BlockList(), new BlockList()];
for (const [net, bits] of RESERVED_IPV4) reserved4.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of RESERVED_IPV6) reserved6.addSubnet(net, bits, 'ipv6');
global6.addSubnet(...GLOBAL_IPV6, 'ipv6');

/** False for what is no IP address, too. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !reserved4.check(address, 'ipv4');
  // With a zone it is of one link.
  if (family !== 6 || address.includes('%')) return false;
  return global6.check(address, 'ipv6') && !reserved6.check(address, 'ipv6');
}
