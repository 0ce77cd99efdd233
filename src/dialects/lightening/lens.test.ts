import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type Address, addAddress, emptyAddress, linkTo } from '../../record/address.ts';
import { newContactPoint } from '../../record/contact-points.ts';
import { ALPHA2, countryName } from '../../record/country.ts';
import { type Customer, emptyCustomer } from '../../record/customer.ts';
import type { Json } from '../../record/json.ts';
import { remember } from '../../record/phrasing.ts';
import { email, line, optional } from '../conformance/generate.ts';
import { laws } from '../conformance/laws.ts';
import { customer as customerObject, readCustomer } from './customer.ts';
import { address, readContent, readEntity, writeContent } from './lens.ts';
import { type AddressContent, LENGTHS } from './wire.ts';

const text = (maximum: number) => fc.oneof(line(maximum), fc.constant(''));

/** Decimals as people write them: with needless zeros, with a negative nothing, with more digits than needed. */
const degrees = (bound: 90 | 180) =>
  optional(
    fc.oneof(
      fc.constantFrom('0', '-0', '0.000', '40.712800', '-07.5', '38.72', `${bound}`, `-${bound}.00000000`),
      fc
        .double({ min: -bound, max: bound, noNaN: true })
        .chain(value => fc.integer({ min: 0, max: 8 }).map(digits => value.toFixed(digits))),
      fc.constant('12.34567890123456789012'),
    ),
  );

const country = fc.oneof(
  fc.constantFrom('', 'Portugal', 'PORTUGAL', 'PT', 'prt', 'Deutschland', 'USA', 'Atlantis'),
  fc.constantFrom(...ALPHA2),
  fc.constantFrom(...ALPHA2).map(code => countryName(code).slice(0, LENGTHS.country)),
);

/** What the check of a request leaves for the lens. */
const content = fc.record(
  {
    company: line(LENGTHS.company),
    street1: text(LENGTHS.street1),
    street2: text(LENGTHS.street2),
    postal_code: text(LENGTHS.postal_code),
    city: text(LENGTHS.city),
    state: text(LENGTHS.state),
    country,
    branch_id: fc.oneof(fc.constant('0'), fc.integer({ min: 0, max: 4_294_967_295 }).map(String)),
    ksmsid: text(LENGTHS.ksmsid),
    authorized_email: fc.oneof(email, fc.constant('')),
    latitude: degrees(90),
    longitude: degrees(180),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Json>;

laws({ dialect: 'lightening', resource: address, inputs: () => content });
laws({ dialect: 'lightening', resource: customerObject, inputs: () => fc.constant({}) });

const fixture = (name: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures', `${name}.json`), 'utf8'));

const written = (content: Partial<AddressContent>, before: Address = emptyAddress()): Address =>
  writeContent(before, content);

describe('lightening address', () => {
  it('reads like the example of the page, key by key in its order [seed]', () => {
    const { entity } = fixture('get-address.answer');
    const customer: Customer = {
      ...emptyCustomer('business'),
      number: 1,
      company: 'Customer Name',
      accountNumber: 'Customer Account Number',
    };
    const { customer_id, id, pp_account, customer_name, customer_account, branch_name, ...content } = entity;
    const shown = readEntity(customer, { ...written(content), number: 1592 });
    assert.equal(
      JSON.stringify(shown),
      // The example pairs branch 0 with a placeholder; a branch that is none has no name (§2.3).
      JSON.stringify({ ...entity, branch_name: null }),
    );
  });

  it('shows the name of its branch, when it is given one', () => {
    const record = emptyCustomer('business');
    const served = { ...emptyAddress(), number: 1, branch: 3 };
    const name = (branches?: ReadonlyMap<number, string>) => readEntity(record, served, branches).branch_name;
    assert.deepEqual(
      [name(), name(new Map([[2, 'Cape']])), name(new Map([[3, 'Cape']]))],
      [null, null, 'Cape'],
    );
    const customer = addAddress(record, linkTo(served));
    assert.equal(readCustomer(customer).branch_name, null);
    assert.equal(readCustomer(customer, new Map([[3, 'Cape']])).branch_name, 'Cape');
  });

  it('shows an address that has nothing with empty texts and null coordinates', () => {
    const { latitude, longitude, branch_id, ...texts } = readContent(emptyAddress());
    assert.deepEqual({ latitude, longitude, branch_id }, { latitude: null, longitude: null, branch_id: '0' });
    assert.ok(Object.values(texts).every(value => value === ''));
  });

  it('keeps the digits of a coordinate, and gives the others the plain decimal', () => {
    const after = written({ latitude: '40.712800' });
    assert.equal(after.latitude, '40.7128');
    assert.equal(readContent(after).latitude, '40.712800');
    assert.equal(readContent({ ...after, latitude: '41' }).latitude, '41');
  });

  it('reads the country in its own words until another dialect moves the address', () => {
    const after = written({ country: 'Deutschland' });
    assert.equal(after.country, 'DE');
    assert.equal(readContent(after).country, 'Deutschland');
    assert.equal(readContent({ ...after, country: 'PT' }).country, 'Portugal');
  });

  it('keeps a country that is none as written', () => {
    const after = written({ country: 'Atlantis' });
    assert.deepEqual([after.country, after.countryText], [null, 'Atlantis']);
  });

  it('forgets the house number apart when the street changes, and keeps it when the street is sent again', () => {
    const before = { ...emptyAddress(), line1: 'Rua Augusta 12', houseNumber: '12' };
    assert.equal(written({ street1: 'Rua Augusta 12' }, before), before);
    assert.equal(written({ street1: 'Rua Augusta 14' }, before).houseNumber, null);
  });

  it('shows what an integration stored as pp_account, and drops it from what is written back', () => {
    const own = remember({ ...emptyAddress(), number: 7, company: 'x' }, 'lightening', 'pp_account', 'PP-1');
    const customer = addAddress(emptyCustomer('business'), linkTo(own));
    const { wire } = address.read(customer, own.id);
    assert.equal((wire as { pp_account?: string }).pp_account, 'PP-1');
    assert.equal('pp_account' in (address.echo(wire) as object), false);
  });
});

/** lightening.md §6.2 [docs: customer]. */
const PUBLISHED_KEYS = `
  account name is_active
  physical_street1 physical_street2 physical_city physical_code physical_state physical_country
  mailing_street1 mailing_street2 mailing_city mailing_code mailing_state mailing_country
  tel1 tel2 tel3 email1 email2 email3 branch_id import_number export_number vat_number eori
  customer_group_1_id customer_group_2_id customer_invoice_group_id salesforce_id
  power_of_attorney fish_wildlife bond consent_to_scan sales_rep_id ksmsid
  communication_digest communication_milestone user_created_id
  broker_name broker_street1 broker_street2 broker_code broker_city broker_country
  broker_tel1 broker_tel2 broker_fax commodity is_active_note create_method reference_required
  show_customer_notes currency pp_id id created_at updated_at broker_state locale
  invoice_by_cost_center auto_consolidate_invoice finance_query_email is_intercompany
  financial_comments invoice_auto_creation auto_invoice_to_contact auto_invoice_to_default
  invoice_target_email is_person
  branch_name customer_group_1_name customer_group_2_name customer_invoice_group_name sales_rep_name
`
  .trim()
  .split(/\s+/);

describe('lightening customer', () => {
  it('has all keys in the published order', () => {
    assert.deepEqual(Object.keys(readCustomer(emptyCustomer('business'))), PUBLISHED_KEYS);
  });

  it('shows the primary phone first, three at most, and tells which are left out', () => {
    const phones = ['1', '2', '3', '4'].map((value, at) =>
      newContactPoint('phone', value, at === 2 ? ['primary'] : []),
    );
    const record = { ...emptyCustomer('individual'), contactPoints: phones };
    const { tel1, tel2, tel3 } = readCustomer(record);
    assert.deepEqual([tel1, tel2, tel3], ['3', '1', '2']);
    assert.deepEqual(
      customerObject.read(record, '').omitted.map(omission => omission.path),
      [`contactPoints/${phones[3]!.id}`],
    );
  });

  it('shows main and billing address, tax id, language, kind and times', () => {
    const main = { ...emptyAddress(), line1: '12 Quay Rd', country: 'ZA', branch: 3 };
    const billing = { ...emptyAddress(), line1: 'PO Box 1', postalCode: '8001' };
    let record: Customer = {
      ...emptyCustomer('individual'),
      taxIds: [{ kind: 'vat', value: 'ZA1' }],
      language: 'en',
      createdAt: '2026-01-31T09:00:00.120Z',
    };
    record = addAddress(addAddress(record, linkTo(main)), linkTo(billing, { roles: ['billing'] }));
    const shown = readCustomer(record);
    assert.equal(shown.physical_street1, '12 Quay Rd');
    assert.equal(shown.physical_country, 'South Africa');
    assert.equal(shown.mailing_street1, 'PO Box 1');
    assert.equal(shown.mailing_code, '8001');
    assert.equal(shown.branch_id, '3');
    assert.equal(shown.vat_number, 'ZA1');
    assert.equal(shown.locale, 'en');
    assert.equal(shown.is_person, '1');
    assert.equal(shown.is_active, '1');
    assert.equal(shown.created_at, '2026-01-31 09:00:00');
    assert.equal(readCustomer({ ...record, status: 'inactive' }).is_active, '0');
    assert.equal(readCustomer({ ...record, archivedAt: '2026-02-01T00:00:00.000Z' }).is_active, '0');
  });
});
