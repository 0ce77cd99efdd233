/** A line as a customer of the record, or what is wrong with it. */
import { claimsOf } from '../api/claims.ts';
import { customFieldsFault, isStorable } from '../api/patch.ts';
import { isObject, readJson } from '../dialects/body.ts';
import { compile, placeOf } from '../dialects/schema.ts';
import { expectBounded } from '../record/bounds.ts';
import { type Customer, emptyCustomer } from '../record/customer.ts';
import { ConcordError, type Fault } from '../record/errors.ts';
import { newId } from '../record/identifier.ts';
import { type ImportEntry, type Refusal, refusal } from '../record/imports.ts';
import type { Json } from '../record/json.ts';
import type { Phrasings } from '../record/phrasing.ts';
import type { CustomerSaid } from './line.ts';
import { CustomerLine } from './line-schema.ts';
import {
  below,
  expectOnce,
  faultList,
  party,
  person,
  type Report,
  representative,
  withInstants,
} from './read-parts.ts';

/** Of one line; whoever has more mends these first. */
const FAULTS_MAXIMUM = 10;

const faultsOfShape = compile(CustomerLine);

export type Read = { readonly entry: ImportEntry } | { readonly refused: Refusal };

export function readLine(line: number, bytes: Buffer, now: string): Read {
  let json: Json;
  try {
    json = readJson(bytes);
  } catch {
    return { refused: refusal(line, 'line-unreadable') };
  }
  return isObject(json) ? readObject(line, json, now) : { refused: refusal(line, 'line-unreadable') };
}

export function readObject(line: number, json: object, now: string): Read {
  const wrong = (faults: readonly Fault[]): Read => ({
    refused: refusal(line, 'value-invalid', faults.slice(0, FAULTS_MAXIMUM)),
  });
  const shape = faultsOfShape(json);
  if (shape.length > 0) {
    return wrong(
      shape.map(error => ({ field: placeOf(error).join('/'), message: error.message ?? 'is invalid' })),
    );
  }
  const { faults, report } = faultList();
  const customer = customerFrom(json as CustomerSaid, now, report);
  if (faults.length > 0) return wrong(faults);
  try {
    expectBounded(undefined, customer);
  } catch (error) {
    if (!(error instanceof ConcordError)) throw error;
    return { refused: refusal(line, 'too-large', [{ field: '', message: error.message }]) };
  }
  return { entry: { line, customer, claims: claimsOf(customer) } };
}

const TEXTS = ['reference', 'accountNumber', 'displayName', 'company', 'language', 'priceGroup'] as const;

function customerFrom(said: CustomerSaid, now: string, report: Report): Customer {
  const known = said.id !== undefined;
  const empty = emptyCustomer(said.kind ?? kindOf(said), said.id ?? newId());
  const {
    archivedAt = null,
    restoredAt = null,
    createdAt = empty.createdAt,
  } = withInstants(said, ['archivedAt', 'restoredAt', 'createdAt'], report);
  const texts = Object.fromEntries(
    TEXTS.map(name => [name, known ? (said[name] ?? null) : said[name]?.trim() || null]),
  ) as Pick<Customer, (typeof TEXTS)[number]>;
  const customer: Customer = {
    ...empty,
    number: said.number ?? 0,
    status: said.status ?? 'active',
    archivedAt,
    restoredAt,
    createdAt,
    createdBy: said.createdBy ?? '',
    ...texts,
    ...person(said, known, now, report),
    ...party(said, report),
    representatives: (said.representatives ?? []).map((each, at) =>
      representative(each, now, below(below(report, 'representatives'), at)),
    ),
    employees: (said.employees ?? []).map((each, at) => ({
      status: 'active' as const,
      createdAt: now,
      ...withInstants(each, ['createdAt'], below(below(report, 'employees'), at)),
    })),
    orders: said.orders ?? [],
    subscriptions: said.subscriptions ?? [],
    taxIds: said.taxIds ?? [],
    customFields: said.customFields ?? {},
    phrasings: said.phrasings ?? {},
  };
  expectSound(customer, known, report);
  return customer;
}

/** Where it is not said: one who has a company and no name of a person is a business. */
const kindOf = ({ company, givenName, familyName, displayName }: CustomerSaid): Customer['kind'] =>
  company && !givenName && !familyName && !displayName ? 'business' : 'individual';

function expectSound(customer: Customer, known: boolean, report: Report): void {
  const { representatives, employees, orders, subscriptions, taxIds } = customer;
  expectOnce(representatives, ({ id }) => id, 'id', below(report, 'representatives'));
  expectOnce(employees, ({ customerId }) => customerId, 'customerId', below(report, 'employees'));
  expectOnce(orders, ({ id }) => id, 'id', below(report, 'orders'));
  expectOnce(subscriptions, ({ id }) => id, 'id', below(report, 'subscriptions'));
  expectOnce(taxIds, ({ kind }) => kind, 'kind', below(report, 'taxIds'));
  if (!known && customer.kind === 'individual') {
    if (representatives.length > 0) report('representatives', 'are of a business only');
    if (employees.length > 0) report('employees', 'are of a business only');
  }
  const fault = customFieldsFault(customer.customFields);
  if (fault !== undefined) report('customFields', fault);
  for (const { phrasings } of phrasedOf(customer)) {
    if (!isStorable(phrasings as unknown as Json)) {
      report('phrasings', 'must hold no NUL character and no half of a surrogate pair');
    }
  }
}

const phrasedOf = (customer: Customer): readonly { readonly phrasings: Phrasings }[] =>
  [customer, ...customer.representatives].flatMap(one => [
    one,
    ...one.contactPoints,
    ...one.addresses.map(({ address }) => address),
  ]);
