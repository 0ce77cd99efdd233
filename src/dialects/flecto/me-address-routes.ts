/** Flecto's operations on the caller's own addresses (flecto.md §4, Me - Addresses), with the rules of §2.3 for the main one. */
import { ConcordError } from '../../record/errors.ts';
import type { StoredObject } from '../../record/objects.ts';
import type { Call, Route, WireAnswer } from '../contract.ts';
import { readNumber } from '../path.ts';
import { addressFaults } from './address-check.ts';
import { listDocument, oneDocument, wholeDocument } from './answers.ts';
import { answer, compose, created, pagedInMemory } from './document.ts';
import {
  addressOf,
  changed,
  EMPTY,
  type OwnAddress,
  ownAddressResource,
  removed,
  withNew,
} from './own-addresses.ts';
import { own } from './own-objects.ts';
import { readQuery } from './query.ts';
import { parametersOf, type QueryShape } from './query-shape.ts';
import { expectValid, readAttributes } from './request.ts';
import { membersOf, USER_ADDRESS } from './resource-schemas.ts';
import { sorted } from './sort.ts';
import { AddressAttributes, requestBody, USER_ADDRESS_TYPE } from './wire.ts';

const COLLECTION = '/api/me/addresses';
const MEMBER = `${COLLECTION}/:id`;

/** As many as the port changes at once. */
const ADDRESSES_MAXIMUM = 1_000;

const ONE: QueryShape = { fields: { [USER_ADDRESS_TYPE]: membersOf(USER_ADDRESS) } };
const LIST: QueryShape = { ...ONE, paged: true, sort: Object.keys(USER_ADDRESS.attributes) };

const about = { group: 'Me - Addresses', provenance: 'convention', section: 'flecto.md §4' } as const;

export const meAddressRoutes: readonly Route[] = [
  {
    ...about,
    method: 'GET',
    path: COLLECTION,
    operation: 'Get all user addresses',
    query: parametersOf(LIST),
    answers: { 200: listDocument(USER_ADDRESS) },
    handle: listOwn,
  },
  {
    ...about,
    method: 'POST',
    path: COLLECTION,
    operation: 'Create user address',
    body: requestBody(USER_ADDRESS_TYPE, AddressAttributes),
    answers: { 201: wholeDocument(USER_ADDRESS) },
    handle: createOwn,
  },
  {
    ...about,
    method: 'GET',
    path: MEMBER,
    operation: 'Get user address',
    query: parametersOf(ONE),
    answers: { 200: oneDocument(USER_ADDRESS) },
    handle: getOwn,
  },
  {
    ...about,
    method: 'DELETE',
    path: MEMBER,
    operation: 'Delete user address',
    answers: { 204: null },
    handle: deleteOwn,
  },
  {
    ...about,
    method: 'PATCH',
    path: MEMBER,
    operation: 'Update user address',
    body: requestBody(USER_ADDRESS_TYPE, AddressAttributes),
    answers: { 200: null },
    handle: updateOwn,
  },
];

const place = (call: Call) => own(call, USER_ADDRESS_TYPE);

async function listOwn(call: Call): Promise<WireAnswer> {
  const query = readQuery(call.request, LIST);
  const found = await call.services.objects.list(call.caller.tenant, place(call), {
    limit: ADDRESSES_MAXIMUM,
  });
  const mainFirst = found.toSorted((a, b) => Number(addressOf(b).main) - Number(addressOf(a).main));
  const resources = sorted(mainFirst.map(ownAddressResource), query.sort);
  return answer(call, 200, pagedInMemory(call.request, query, resources));
}

async function createOwn(call: Call): Promise<WireAnswer> {
  const attributes = readAttributes(call.request, USER_ADDRESS_TYPE);
  expectValid(addressFaults(attributes, EMPTY));
  const after = await change(call, addresses => withNew(addresses, attributes));
  const resource = ownAddressResource(after.at(-1)!);
  return created(call, resource, `${COLLECTION}/${resource.id}`);
}

async function getOwn(call: Call): Promise<WireAnswer> {
  const query = readQuery(call.request, ONE);
  const found = await call.services.objects.find(call.caller.tenant, place(call), numberOf(call));
  if (!found) throw new ConcordError('address-not-found');
  return answer(call, 200, compose(query, ownAddressResource(found)));
}

async function deleteOwn(call: Call): Promise<WireAnswer> {
  const number = numberOf(call);
  await change(call, addresses => {
    expectThere(addresses, number);
    return removed(addresses, number);
  });
  return { status: 204 };
}

async function updateOwn(call: Call): Promise<WireAnswer> {
  const attributes = readAttributes(call.request, USER_ADDRESS_TYPE, call.request.params.id);
  const number = numberOf(call);
  await change(call, addresses => {
    expectValid(addressFaults(attributes, expectThere(addresses, number).body));
    return changed(addresses, number, attributes);
  });
  return { status: 200 };
}

/** All of them at once, because exactly one is the main one. */
const change = (
  call: Call,
  apply: (addresses: readonly OwnAddress[]) => readonly OwnAddress[],
): Promise<StoredObject[]> =>
  call.services.objects.changeAll(call.caller.tenant, place(call), objects =>
    apply(objects.map(object => ({ number: object.number, body: addressOf(object) }))),
  );

function numberOf(call: Call): number {
  const number = readNumber(call.request.params.id);
  if (number === undefined) throw new ConcordError('address-not-found');
  return number;
}

function expectThere(addresses: readonly OwnAddress[], number: number): OwnAddress {
  const found = addresses.find(address => address.number === number);
  if (!found) throw new ConcordError('address-not-found');
  return found;
}
