/** What no two customers may have is the same thing to Concord's own API and to connectFi, whoever wrote it. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { call, type Operator, operator } from '../support/api.ts';
import { type Answer, type Concord, startConcord } from '../support/concord.ts';

let concord: Concord;
let editor: Operator;
before(async () => {
  concord = await startConcord();
  editor = await operator(concord, concord.harbor, { role: 'editor' });
});
after(() => concord.stop());

let count = 0;
const reference = () => `R${++count}`;
const address = {
  ...{ type: 'PRIMARY', addressLine1: '100 Market Street', city: 'Harrisburg' },
  ...{ countryCodeA3: 'USA', postalCode: '17101', stateCode: 'PA' },
};
const phone = { type: 'MOBILE', phoneNumber: '2125550100', countryDialingCode: '01' };

const init = (body: object) =>
  concord.send(concord.harbor, 'connectfi', 'POST', '/customer/init', {
    body: { customerReference: reference(), ...body },
  });
const person = (ssn: string, change: object = {}) =>
  init({
    customerType: 'individual',
    customer: {
      ...{ firstName: 'Ada', lastName: 'Sample', gender: 'F', dateOfBirth: '1990-02-28' },
      ...{
        email: 'ada@example.test',
        citizenshipCountryCodeA3: 'USA',
        addresses: [address],
        phones: [phone],
      },
      identificationDocuments: [{ type: 'SSN', value: ssn, issuanceCountryCodeA3: 'USA' }],
    },
    ...change,
  });
const business = (ein: string) =>
  init({
    customerType: 'business',
    customer: {
      ...{ businessName: 'Sample Inc', businessFederalEin: ein },
      ...{ businessAddresses: [address], businessPhones: [{ ...phone, type: 'PRIMARY' }] },
    },
    businessRepresentatives: [
      {
        ...{ firstName: 'Bo', lastName: 'Sample', gender: 'M', dateOfBirth: '1978-10-15' },
        ...{ businessRepresentativeType: 'principal_owner', citizenshipCountryCodeA3: 'USA' },
        identificationDocuments: [{ type: 'SSN', value: '666989698', issuanceCountryCodeA3: 'USA' }],
      },
    ],
  });

const post = (body: object) => call(editor, 'POST', '/customers', { body });
const patch = (id: string, body: object) =>
  call(editor, 'PATCH', `/customers/${id}`, { body, headers: { 'if-match': '*' } });
const idOf = async (customerReference: string): Promise<string> => {
  const found = await call(editor, 'GET', `/customers/search?q=${customerReference}`);
  return found.json.items[0].customer.id;
};
const ssn = (value: string) => ({ identityDocuments: [{ kind: 'ssn', value }] });
const outcome = ({ json }: Answer): string => (json.code === '0' ? 'made' : json.code);

describe('a social security number', () => {
  it('that this API took away is free for connectFi, and another one that stays is not', async () => {
    const customerReference = reference();
    assert.equal(outcome(await person('100000001', { customerReference })), 'made');
    const id = await idOf(customerReference);
    const [own] = (await call(editor, 'GET', `/customers/${id}`)).json.identityDocuments;
    const both = await patch(id, { identityDocuments: [own, { kind: 'ssn', value: '100000002' }] });
    assert.equal(both.status, 200, both.text);
    assert.equal(outcome(await person('100000001')), 'customerExists');
    assert.equal(outcome(await person('100000002')), 'customerExists');
    const [, second] = both.json.identityDocuments;
    assert.equal((await patch(id, { identityDocuments: [second] })).status, 200);
    assert.equal(outcome(await person('100000002')), 'customerExists');
    assert.equal(outcome(await person('100000001')), 'made');
  });

  it('that this API gave is taken for connectFi', async () => {
    assert.equal((await post({ kind: 'individual', ...ssn('200000001') })).status, 201);
    assert.equal(outcome(await person('200000001')), 'customerExists');
  });

  it('that came back with a change that was taken back is taken again', async () => {
    const made = await post({ kind: 'individual', ...ssn('300000001') });
    const { id } = made.json;
    await patch(id, { identityDocuments: [] });
    const [change] = await concord.store.changes.history(concord.harbor.id, id, { limit: 1 });
    const reverted = await call(editor, 'POST', `/customers/${id}/revert`, {
      body: { sequence: change!.sequence },
      headers: { 'if-match': '*' },
    });
    assert.equal(reverted.status, 200, reverted.text);
    assert.equal(outcome(await person('300000001')), 'customerExists');
  });

  it('of somebody else is answered by this API like any other, and stays with who had it', async () => {
    assert.equal(outcome(await person('400000001')), 'made');
    const taken = await post({ kind: 'individual', ...ssn('400000001') });
    assert.equal(taken.status, 201, taken.text);
    assert.equal((await patch(taken.json.id, ssn('400000002'))).status, 200);
    assert.equal((await patch(taken.json.id, ssn('400000001'))).status, 200);
    assert.equal((await patch(taken.json.id, { identityDocuments: [] })).status, 200);
    assert.equal(outcome(await person('400000001')), 'customerExists');
    assert.equal(outcome(await person('400000002')), 'made');
  });
});

it('an EIN is that of one business, through both APIs', async () => {
  const taxIds = (value: string) => ({ kind: 'business', taxIds: [{ kind: 'ein', value }] });
  assert.equal(outcome(await business('500000001')), 'made');
  const refused = await post(taxIds('500000001'));
  assert.deepEqual([refused.status, refused.json.code], [409, 'value-taken']);
  assert.equal(refused.json.errors[0].field, 'taxIds');
  const made = await post(taxIds('500000002'));
  assert.equal(outcome(await business('500000002')), 'customerExists');
  assert.equal((await patch(made.json.id, taxIds('500000003'))).status, 200);
  assert.equal(outcome(await business('500000002')), 'made');
});
