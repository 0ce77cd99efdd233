import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isPublicAddress } from './public-address.ts';
import { isInside, publicOnly } from './public-host.ts';

const PUBLIC = [
  '1.1.1.1',
  '172.15.255.255',
  '172.32.0.1',
  '100.128.0.1',
  '223.255.255.255',
  '2606:4700::1111',
];

const INSIDE = [
  ...['0.0.0.0', '127.0.0.1', '127.255.255.254', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
  ...[
    '100.64.0.1',
    '169.254.169.254',
    '198.18.0.1',
    '192.0.2.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
  ],
  ...['::', '::1', 'fe80::1', 'fc00::1', 'fd12::1', 'ff02::1', '2001:db8::1', '2002:7f00:1::', '2001::1'],
  // IPv4 addresses in the clothes of IPv6.
  ...['::ffff:127.0.0.1', '::127.0.0.1', '64:ff9b::7f00:1'],
];

describe('addresses', () => {
  for (const address of PUBLIC) {
    test(`${address} is of the public internet`, () => assert.equal(isPublicAddress(address), true));
  }
  for (const address of INSIDE) {
    test(`${address} is not`, () => assert.equal(isPublicAddress(address), false));
  }
  test('nothing else is one', () => {
    for (const text of ['', 'localhost', '1.1.1', '2606:4700::1111%1'])
      assert.equal(isPublicAddress(text), false, text);
  });
});

describe('hosts', () => {
  const url = (host: string) => new URL(`https://${host}:8443/keys`);

  test('are inside by address in every spelling, and by what their name leads to', async () => {
    for (const host of ['127.1', '0x7f000001', '2130706433', '[::1]', '[::ffff:10.0.0.1]', 'localhost'])
      assert.equal(await isInside(url(host)), true, host);
    for (const host of ['1.1.1.1', '[2606:4700::1111]', 'name.invalid'])
      assert.equal(await isInside(url(host)), false, host);
  });

  test('are connected to only where they are public', async () => {
    for (const host of ['127.1', '[::1]', '[fd00::1]']) assert.throws(() => publicOnly(url(host)), host);
    const { lookup } = publicOnly(url('1.1.1.1'));
    const found = (name: string, all: boolean) =>
      new Promise((resolve, reject) => {
        lookup(name, { all }, (error, ...answer) => (error ? reject(error) : resolve(answer)));
      });
    for (const all of [true, false]) {
      await assert.rejects(found('localhost', all), /not of the public internet/);
      await assert.rejects(found('name.invalid', all), /^Error: getaddrinfo/);
    }
    assert.deepEqual(await found('1.1.1.1', false), ['1.1.1.1', 4]);
    assert.deepEqual(await found('1.1.1.1', true), [[{ address: '1.1.1.1', family: 4 }]]);
  });
});
