/**
 * The five requests of the given documents, one after the other on one customer: each gets the answer that its
 * document shows, the other four dialects show the new address, and everything else stays as it was everywhere.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { documentCustomers } from '../src/dialects/connectfi/fixtures/customers.ts';
import type { DialectName } from '../src/dialects/contract.ts';
import { DIALECTS } from '../src/dialects/index.ts';
import type { Customer } from '../src/record/customer.ts';
import { type Answer, type Concord, startConcord } from './support/concord.ts';
import { aCustomer, email, HARRISBURG, phone } from './support/customers.ts';

interface Request {
  readonly dialect: DialectName;
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/** What each dialect says of the customer, with the times of change left out. */
type Views = Record<DialectName, unknown>;

describe('the given requests', () => {
  let concord: Concord;
  before(async () => {
    concord = await startConcord();
  });
  after(() => concord.stop());

  const wireId = (dialect: DialectName, customer: Customer) =>
    DIALECTS.find(each => each.name === dialect)!.customerId(customer);
  const send = ({ dialect, method, path, body }: Request): Promise<Answer> =>
    concord.send(concord.harbor, dialect, method, path, body === undefined ? {} : { body });

  async function viewsOf(customer: Customer): Promise<Views> {
    const paths: Record<DialectName, string> = {
      flecto: `/api/saas/me/customers/${wireId('flecto', customer)}/addresses`,
      flexportal: `/v1/customers/${wireId('flexportal', customer)}`,
      lightening: `/address?customer_id[]=${wireId('lightening', customer)}`,
      connectfi: `/customer/status/${wireId('connectfi', customer)}`,
      billbee: `/api/v1/customers/${wireId('billbee', customer)}/addresses`,
    };
    const views: Partial<Views> = {};
    for (const { name } of DIALECTS) {
      const answer = await send({ dialect: name, method: 'GET', path: paths[name], body: undefined });
      assert.equal(answer.status, 200, `${name}: ${answer.text}`);
      views[name] = withoutTimes(answer.json);
    }
    return views as Views;
  }

  /** A customer with one address that all five can tell, and something that only each of them knows. */
  const rich = () =>
    concord.create(
      concord.harbor,
      aCustomer({ contactPoints: [email('ada@example.test'), phone('+17175550123')], accountNumber: '77' }, [
        {
          ...HARRISBURG,
          label: 'HQ',
          roles: ['billing'],
          latitude: '40.26',
          longitude: '-76.88',
          branch: 4,
          locality: 'Midtown',
        },
      ]),
    );

  /** The city is what is looked for, because every dialect has it in one field and unchanged. */
  const requests = (customer: Customer, city: string): Request[] => {
    const { number } = customer.addresses[0]!.address;
    return [
      {
        dialect: 'flecto',
        method: 'PUT',
        path: `/api/saas/me/customers/${customer.number}/addresses/${number}`,
        body: {
          data: {
            type: 'customer_address',
            attributes: {
              address_street: '1 Flecto Street',
              address_city: city,
              address_postal_code: '17102',
              address_region: 'PA',
              address_country_code: 'US',
            },
          },
        },
      },
      {
        dialect: 'flexportal',
        method: 'PUT',
        path: `/v1/customers/${wireId('flexportal', customer)}`,
        body: {
          customerId: wireId('flexportal', customer),
          billingAddress: {
            contactName: 'Ada Sample',
            streetAddress: '2 FlexPortal Street',
            city,
            country: 'USA',
            company: 'Ada Sample',
            adminArea: 'Pennsylvania',
            locality: 'Midtown',
            postalCode: '17103',
          },
        },
      },
      {
        dialect: 'lightening',
        method: 'POST',
        path: `/address/${number}`,
        body: {
          customer_ids: [customer.number],
          company: 'Ada Sample',
          street1: '3 Lightening Street',
          city,
          state: 'PA',
          country: 'United States',
          postal_code: '17104',
        },
      },
      {
        dialect: 'connectfi',
        method: 'POST',
        path: '/customer/update',
        body: {
          customerId: wireId('connectfi', customer),
          customer: {
            addresses: [
              {
                type: 'PRIMARY',
                addressLine1: '4 connectFi Street',
                city,
                stateCode: 'PA',
                postalCode: '17105',
                countryCodeA3: 'USA',
              },
            ],
          },
        },
      },
      {
        dialect: 'billbee',
        method: 'PATCH',
        path: `/api/v1/customers/addresses/${number}`,
        body: {
          Street: 'Billbee Street',
          Housenumber: '5',
          Zip: '17106',
          City: city,
          State: 'PA',
          CountryCode: 'US',
        },
      },
    ];
  };

  for (const [index, { name, title }] of DIALECTS.entries()) {
    it(`an address changed through ${title} is seen through the other four, and nothing else changes`, async () => {
      const customer = await rich();
      const before = await viewsOf(customer);
      const city = `Town ${index + 1}`;
      const answer = await send(requests(customer, city)[index]!);
      assert.equal(answer.status, 200, answer.text);
      const stored = await concord.record(concord.harbor, customer.id);
      assert.equal(stored.addresses.length, 1);
      const [{ address, ...link }] = stored.addresses as [Customer['addresses'][0]];
      const [{ address: old, ...oldLink }] = customer.addresses as [Customer['addresses'][0]];
      assert.deepEqual(link, oldLink);
      // What the changing dialect cannot see is as it was: coordinates for most, branch and locality for others.
      for (const field of [
        'id',
        'number',
        'branch',
        'locality',
        'latitude',
        'longitude',
        'company',
      ] as const) {
        assert.equal(address[field], old[field], field);
      }
      assert.deepEqual({ ...stored, ...VARYING }, { ...customer, ...VARYING });
      const after = await viewsOf(customer);
      for (const dialect of DIALECTS) {
        assert.ok(
          JSON.stringify(after[dialect.name]).includes(`"${city}"`),
          `${dialect.name} shows ${name}'s change`,
        );
        assert.deepEqual(
          withoutAddress(after[dialect.name]),
          withoutAddress(before[dialect.name]),
          dialect.name,
        );
      }
    });
  }

  it('Billbee: the given PUT changes the customer and leaves the addresses of all dialects as they were', async () => {
    const customer = await rich();
    const before = await viewsOf(customer);
    const path = `/api/v1/customers/${customer.number}`;
    const answer = await send({ dialect: 'billbee', method: 'PUT', path, body: { VatId: 'DE811569869' } });
    assert.equal(answer.status, 200);
    assert.equal(answer.json.Data.VatId, 'DE811569869');
    assert.deepEqual(await viewsOf(customer), before);
  });

  it('connectFi: the two customers of the document answer byte for byte', async () => {
    const [individual, business] = documentCustomers() as [Customer, Customer];
    await concord.create(concord.harbor, individual);
    await concord.create(concord.harbor, business);
    const usa = { city: 'Harrisburg', stateCode: 'PA', postalCode: '12345', countryCodeA3: 'USA' };
    const cases = [
      {
        request: {
          customerId: 'cstap_6reGTr3k8vpAu8uFV7EdiN',
          customer: {
            email: 'abc123def4@test.test',
            phones: [
              { type: 'MOBILE', countryDialingCode: '01', phoneNumber: '1234567890' },
              { type: 'PRIMARY', countryDialingCode: '01', phoneNumber: '1234567891' },
            ],
            addresses: [{ type: 'PRIMARY', addressLine1: '123 Main Str.', addressLine2: 'apt 8', ...usa }],
          },
        },
        answer:
          '{"code":"0","data":{"reference":"ExtRefICust101","customerId":"cstap_6reGTr3k8vpAu8uFV7EdiN","customerType":"individual","customer":{"firstName":"Janice","lastName":"Sample","gender":"M","dateOfBirth":"1969-08-04","email":"abc123def4@test.test","citizenshipCountryCodeA3":"USA","addresses":[{"type":"PRIMARY","addressLine1":"123 Main Str.","addressLine2":"apt 8","city":"Harrisburg","countryCodeA3":"USA","postalCode":"12345","stateCode":"PA"}],"phones":[{"type":"MOBILE","phoneNumber":"1234567890","countryDialingCode":"01"},{"type":"PRIMARY","phoneNumber":"1234567891","countryDialingCode":"01"}],"identificationDocuments":[{"type":"SSN","issuanceCountryCodeA3":"USA","last4":"7000"},{"type":"DRIVING LICENSE","value":"PA99999999","issuanceCountryCodeA3":"USA","issuanceRegion":"PA","expiryDate":"2029-12-28"}]},"boises":[],"dtsCreatedAt":"2023-11-01T16:07:59.332Z"},"requestId":"REQUEST"}',
      },
      {
        request: {
          customerId: 'cstab_7BX5DO49J48VeWKsJ6gWNb',
          customer: {
            businessPhones: [{ type: 'PRIMARY', countryDialingCode: '01', phoneNumber: '5556667777' }],
            businessAddresses: [
              { type: 'PRIMARY', addressLine1: '789 Main Str.', addressLine2: 'Suite 10', ...usa },
            ],
          },
        },
        answer:
          '{"code":"0","data":{"reference":"ExtRefBCust100","customerId":"cstab_7BX5DO49J48VeWKsJ6gWNb","customerType":"business","customer":{"businessName":"AWSM BRAND MANAGEMENT INC","businessFederalEin":"123456800","businessAddresses":[{"type":"PRIMARY","addressLine1":"789 Main Str.","addressLine2":"Suite 10","city":"Harrisburg","countryCodeA3":"USA","postalCode":"12345","stateCode":"PA"}],"businessPhones":[{"type":"PRIMARY","phoneNumber":"5556667777","countryDialingCode":"01"}]},"boises":[],"dtsCreatedAt":"2023-11-01T17:13:29.457Z","businessRepresentatives":[{"id":"cstab_7BX5DPJcbmipymiokecA6d","firstName":"JOLEEN","lastName":"KAPSCH","gender":"F","dateOfBirth":"1978-10-15T00:00:00.000Z","businessRepresentativeType":"principal_owner","email":"aa@aa.aa","citizenshipCountryCodeA3":"USA","addresses":[{"type":"PRIMARY","addressLine1":"123 Main Str.","addressLine2":"apt 7","city":"Harrisburg","countryCodeA3":"USA","postalCode":"12345","stateCode":"PA"}],"phones":[{"type":"MOBILE","phoneNumber":"1234567890","countryDialingCode":"01"}],"identificationDocuments":[{"type":"SSN","value":"666989698","issuanceCountryCodeA3":"USA"},{"type":"DRIVING LICENSE","value":"PA1234567890123456","issuanceCountryCodeA3":"USA","issuanceRegion":"PA","expiryDate":"2029-12-28"}]}]},"requestId":"REQUEST"}',
      },
    ];
    for (const { request, answer: expected } of cases) {
      const answer = await send({
        dialect: 'connectfi',
        method: 'POST',
        path: '/customer/update',
        body: request,
      });
      assert.equal(answer.status, 200);
      assert.equal(answer.text.replace(/"requestId":"[0-9a-f]{32}"/, '"requestId":"REQUEST"'), expected);
    }
    const views = await viewsOf(
      (await concord.store.customers.find(concord.harbor.id, { id: individual.id }))!,
    );
    for (const dialect of ['flecto', 'flexportal', 'lightening', 'billbee'] as const) {
      assert.match(JSON.stringify(views[dialect]), /123 Main Str\./, dialect);
    }
  });
});

/** What a write is expected to change, besides the address itself. */
const VARYING = { addresses: [], version: 0, updatedAt: '', phrasings: {} };

const TIMES = new Set(['updated_at', 'updatedAt', 'requestId']);

/** The members of an address on the wire, in any dialect's spelling. */
const ADDRESS =
  /^(address_.*|streetAddress|city|country|adminArea|postalCode|contactName|buildingInfo|locality|company|street[12]|state|postal_code|address(Line[12])|stateCode|countryCodeA3|Street|Housenumber|Zip|City|State|CountryCode|AddressAddition)$/;

const withoutTimes = (value: unknown): unknown => without(value, name => TIMES.has(name));
const withoutAddress = (value: unknown): unknown => without(value, name => ADDRESS.test(name));

function without(value: unknown, drop: (name: string) => boolean): unknown {
  if (Array.isArray(value)) return value.map(item => without(item, drop));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, item]) => (drop(name) ? [] : [[name, without(item, drop)]])),
  );
}
