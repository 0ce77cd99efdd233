/** Employees of a business: added, disabled, added again, and shown with the record (connectfi.md §4.4, §4.5). */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { EMPLOYEES_MAXIMUM } from '../../src/dialects/connectfi/employees.ts';
import { connectfi } from '../../src/dialects/connectfi/index.ts';
import type { Customer } from '../../src/record/customer.ts';
import { newId } from '../../src/record/identifier.ts';
import { type Answer, type Concord, startConcord } from '../support/concord.ts';
import { aCustomer, HARRISBURG } from '../support/customers.ts';

const UNKNOWN = connectfi.customerId({ id: newId(), kind: 'individual', number: 1 });
const UNKNOWN_BUSINESS = connectfi.customerId({ id: newId(), kind: 'business', number: 1 });

describe('connectfi employees', () => {
  let concord: Concord;
  before(async () => {
    concord = await startConcord();
  });
  after(() => concord.stop());

  const idOf = (customer: Customer) => connectfi.customerId(customer);
  const post = (path: string, body: unknown) =>
    concord.send(concord.harbor, 'connectfi', 'POST', path, { body });
  const add = (companyId: string, employeeId: string, position: unknown = 'Engineer 1') =>
    post('/customer/add-employee', { companyId, employeeId, position });
  const disable = (companyId: string, employeeId: string) =>
    post('/customer/disable-employee', { companyId, employeeId });
  const status = async (customer: Customer) => {
    const path = `/customer/status/${idOf(customer)}`;
    return (await concord.send(concord.harbor, 'connectfi', 'GET', path)).json.data;
  };
  const aPerson = (wish: Partial<Customer> = {}) => concord.create(concord.harbor, aCustomer(wish));
  const aBusiness = (wish: Partial<Customer> = {}) =>
    concord.create(
      concord.harbor,
      aCustomer({ kind: 'business', company: 'Harbor Tools', ...wish }, [HARRISBURG]),
    );
  const record = (customer: Customer) => concord.record(concord.harbor, customer.id);
  const employment = (person: Customer, wish: object = {}) => ({
    customerId: person.id,
    position: 'Engineer 1',
    status: 'active' as const,
    createdAt: '2026-01-01T00:00:00.000Z',
    ...wish,
  });

  function expectError(answer: Answer, code: string, context?: unknown, message?: string) {
    assert.equal(answer.status, 400, answer.text);
    assert.equal(answer.json.code, code);
    if (context !== undefined) assert.deepEqual(answer.json.context, context);
    if (message !== undefined) assert.equal(answer.json.message, message);
    assert.equal('data' in answer.json, false);
  }

  it('adds one, and shows employees behind the representatives in every answer about the business', async () => {
    const [business, person] = [await aBusiness(), await aPerson()];
    assert.equal('employees' in (await status(business)), false);
    const started = Date.now();
    const answer = await add(idOf(business), idOf(person));
    assert.equal(answer.status, 200, answer.text);
    assert.deepEqual(Object.keys(answer.json), ['code', 'data', 'requestId']);
    const { data } = answer.json;
    assert.deepEqual(Object.keys(data).slice(-2), ['businessRepresentatives', 'employees']);
    const [employee] = data.employees;
    assert.deepEqual(Object.keys(employee), [
      'employeeId',
      'firstName',
      'lastName',
      'position',
      'status',
      'dtsCreatedAt',
    ]);
    assert.ok(Date.parse(employee.dtsCreatedAt) >= started);
    assert.deepEqual(data.employees, [
      {
        employeeId: idOf(person),
        firstName: 'Ada',
        lastName: 'Sample',
        position: 'Engineer 1',
        status: 'active',
        dtsCreatedAt: employee.dtsCreatedAt,
      },
    ]);
    assert.deepEqual((await status(business)).employees, data.employees);
    const updated = await post('/customer/update', { customerId: idOf(business), customer: {} });
    assert.deepEqual(updated.json.data.employees, data.employees);
    assert.equal('employees' in (await status(person)), false);
    assert.deepEqual(await record(person), person);
  });

  it('shows several in the order in which they were added, with their names as they are now', async () => {
    const business = await aBusiness();
    const [bo, eve] = [await aPerson({ givenName: 'Bo' }), await aPerson({ givenName: 'Eve' })];
    await add(idOf(business), idOf(eve));
    await add(idOf(business), idOf(bo), 'Clerk');
    const origin = { tenant: concord.harbor.id, dialect: 'test', actor: 'test', requestId: 'test' };
    await concord.store.customers.swap(origin, { id: bo.id }, before => ({
      ...before,
      familyName: 'Married',
    }));
    const names = (await status(business)).employees.map((each: { firstName: string; lastName: string }) => [
      each.firstName,
      each.lastName,
    ]);
    assert.deepEqual(names, [
      ['Eve', 'Sample'],
      ['Bo', 'Married'],
    ]);
  });

  it('disables one, and adds one again under a new position and since the first day', async () => {
    const [business, person] = [await aBusiness(), await aPerson()];
    const [first] = (await add(idOf(business), idOf(person))).json.data.employees;
    const disabled = await disable(idOf(business), idOf(person));
    assert.deepEqual(disabled.json.data.employees, [{ ...first, status: 'disabled' }]);
    const { version } = await record(business);
    assert.equal((await disable(idOf(business), idOf(person))).status, 200);
    assert.equal((await record(business)).version, version);
    const again = await add(idOf(business), idOf(person), 'Head of Tools');
    assert.deepEqual(again.json.data.employees, [{ ...first, position: 'Head of Tools' }]);
    expectError(
      await add(idOf(business), idOf(person)),
      'employeeExists',
      { companyId: idOf(business), employeeId: idOf(person) },
      'Employee exists.',
    );
  });

  it('lets one individual work for several businesses', async () => {
    const [one, two, person] = [await aBusiness(), await aBusiness(), await aPerson()];
    await add(idOf(one), idOf(person));
    assert.equal((await add(idOf(two), idOf(person))).status, 200);
    await disable(idOf(one), idOf(person));
    assert.equal((await status(two)).employees[0].status, 'active');
  });

  it('customerNotFound with the id in question, the company’s first', async () => {
    const [business, person] = [await aBusiness(), await aPerson()];
    const foreign = await concord.create(concord.meadow, aCustomer());
    const deputy = 'cstab_1';
    for (const id of [UNKNOWN_BUSINESS, idOf(foreign), deputy, idOf(business).replace('cstab_', 'cstap_')]) {
      const expected = ['customerNotFound', { customerId: id }, 'Customer not found.'] as const;
      expectError(await add(id, UNKNOWN), ...expected);
      expectError(await disable(id, UNKNOWN), ...expected);
    }
    for (const id of [UNKNOWN, idOf(foreign), deputy, idOf(person).replace('cstap_', 'cstab_')]) {
      expectError(await add(idOf(business), id), 'customerNotFound', { customerId: id });
    }
    assert.equal((await record(business)).version, business.version);
  });

  it('wrongCustomerType on either side', async () => {
    const [business, other, person] = [await aBusiness(), await aBusiness(), await aPerson()];
    const individual = { customerId: idOf(person), customerType: 'individual' };
    const expected = ['wrongCustomerType', individual, 'Customer has the wrong type.'] as const;
    expectError(await add(idOf(person), idOf(business)), ...expected);
    expectError(await disable(idOf(person), idOf(person)), ...expected);
    for (const each of [business, other]) {
      expectError(await add(idOf(business), idOf(each)), 'wrongCustomerType', {
        customerId: idOf(each),
        customerType: 'business',
      });
    }
  });

  it('employeeNotFound for whoever does not work there: representatives cannot be disabled [docs]', async () => {
    const init = await post('/customer/init', {
      customerReference: 'Staffed1',
      customerType: 'business',
      customer: {
        businessName: 'Sample Inc',
        businessFederalEin: '900000001',
        businessAddresses: [ADDRESS],
        businessPhones: [PHONE],
      },
      businessRepresentatives: [
        { firstName: 'Bo', lastName: 'Sample', businessRepresentativeType: 'principal_owner' },
      ],
    });
    const { customerId, businessRepresentatives, employees } = init.json.data;
    assert.equal(employees, undefined);
    for (const employeeId of [businessRepresentatives[0].id, idOf(await aPerson()), UNKNOWN]) {
      const context = { companyId: customerId, employeeId };
      expectError(await disable(customerId, employeeId), 'employeeNotFound', context, 'Employee not found.');
    }
  });

  it('lists an employee whose customer was removed, without names, and lets the business disable it', async () => {
    const [business, person] = [await aBusiness(), await aPerson()];
    await add(idOf(business), idOf(person));
    const origin = { tenant: concord.harbor.id, dialect: 'test', actor: 'test', requestId: 'test' };
    await concord.store.customers.remove(origin, { id: person.id });
    const [shown] = (await status(business)).employees;
    assert.deepEqual([shown.employeeId, shown.firstName, shown.lastName], [idOf(person), '', '']);
    const [disabled] = (await disable(idOf(business), idOf(person))).json.data.employees;
    assert.equal(disabled.status, 'disabled');
    expectError(await add(idOf(business), idOf(person)), 'customerNotFound', { customerId: idOf(person) });
  });

  it('customerArchived for an archived business, and for adding an archived individual', async () => {
    const [person, other] = [await aPerson(), await aPerson()];
    const archivedAt = '2026-01-01T00:00:00.000Z';
    const closed = await aBusiness({ archivedAt, employees: [employment(other)] });
    expectError(await add(idOf(closed), idOf(person)), 'customerArchived');
    expectError(await disable(idOf(closed), idOf(other)), 'customerArchived');
    assert.equal((await status(closed)).employees[0].status, 'active');
    const gone = await aPerson({ archivedAt });
    const business = await aBusiness({ employees: [employment(gone)] });
    expectError(await add(idOf(await aBusiness()), idOf(gone)), 'customerArchived');
    assert.equal((await disable(idOf(business), idOf(gone))).json.data.employees[0].status, 'disabled');
  });

  it('refuses one more than a business may have, and shows all of those', async () => {
    const person = await aPerson();
    const employees = Array.from({ length: EMPLOYEES_MAXIMUM }, () => employment({ ...person, id: newId() }));
    const business = await aBusiness({ employees });
    expectError(
      await add(idOf(business), idOf(person)),
      'greaterMaximumNumberOfRecords',
      { maxNumberOfRecords: EMPLOYEES_MAXIMUM },
      'The business has the maximum number of employees.',
    );
    assert.equal((await status(business)).employees.length, EMPLOYEES_MAXIMUM);
  });

  it('adds one of many at once, and keeps all of those who are added at the same time', async () => {
    const [business, person] = [await aBusiness(), await aPerson()];
    const answers = await Promise.all(Array.from({ length: 6 }, () => add(idOf(business), idOf(person))));
    const codes = answers.map(answer => answer.json.code).toSorted();
    assert.deepEqual(codes, ['0', ...Array(5).fill('employeeExists')]);
    const people = await Promise.all(Array.from({ length: 6 }, () => aPerson()));
    await Promise.all(people.map(each => add(idOf(business), idOf(each))));
    assert.equal((await status(business)).employees.length, 7);
  });

  it('companyId, employeeId, position: omitted, null, empty strings, lists and values against their rule', async () => {
    const body = { companyId: UNKNOWN_BUSINESS, employeeId: UNKNOWN, position: 'Clerk' };
    const rules: Readonly<Record<string, readonly [unknown, string][]>> = {
      companyId: [
        ['a-b', 'pattern'],
        ['x'.repeat(37), 'maxLength'],
      ],
      employeeId: [
        ['a b', 'pattern'],
        ['x'.repeat(37), 'maxLength'],
      ],
      position: [
        ['  ', 'isNotOnlyWhitespace'],
        ['x'.repeat(51), 'maxLength'],
        ['a<b', 'pattern'],
        ['a\tb', 'format'],
      ],
    };
    const expectEntry = (answer: Answer, place: string, keyword: string) => {
      expectError(answer, 'requestValidateError');
      assert.equal(answer.json.context.length, 1);
      const [{ instancePath, keyword: found }] = answer.json.context;
      assert.deepEqual([instancePath, found], [place, keyword], answer.text);
    };
    for (const [path, names] of [
      ['/customer/add-employee', ['companyId', 'employeeId', 'position']],
      ['/customer/disable-employee', ['companyId', 'employeeId']],
    ] as const) {
      const good = Object.fromEntries(names.map(name => [name, body[name]]));
      for (const name of names) {
        const wrong = [[null, 'type'], ['', 'minLength'], [['x'], 'type'], ...rules[name]!] as const;
        for (const [value, keyword] of wrong) {
          expectEntry(await post(path, { ...good, [name]: value }), `/${name}`, keyword as string);
        }
        const { [name]: _omitted, ...without } = good;
        expectEntry(await post(path, without), '', 'required');
      }
      expectEntry(await post(path, { ...good, salary: 1 }), '', 'additionalProperties');
    }
  });
});

const ADDRESS = {
  type: 'PRIMARY',
  addressLine1: '100 Market Street',
  city: 'Harrisburg',
  countryCodeA3: 'USA',
  postalCode: '17101',
  stateCode: 'PA',
};
const PHONE = { type: 'PRIMARY', phoneNumber: '2125550100' };
