/** A customer as a row of a search, and what of it a term is matched with (billbee.md §6). */
import type { Customer } from '../../record/customer.ts';
import { readAddress } from './address-lens.ts';
import { readCustomer } from './lens.ts';
import type { FieldName } from './search-lexemes.ts';
import { wordsOf } from './search-words.ts';
import type { AddressWire, SearchRow } from './wire.ts';

/** The order of an envelope; e-mail and phones are not part of it (§6 [convention]). */
const PARTS = [
  'Company',
  'FirstName',
  'LastName',
  'Name2',
  'Street',
  'Housenumber',
  'AddressAddition',
  'Zip',
  'City',
  'State',
  'CountryCode',
] as const satisfies readonly (keyof AddressWire)[];

/** Number is a text here, so one that is no integer is shown as well. */
export function readRow(customer: Customer): SearchRow {
  return {
    Id: customer.number,
    Name: readCustomer(customer).Name,
    Addresses: linesOf(customer).join('; '),
    Number: customer.accountNumber,
  };
}

const linesOf = (customer: Customer): string[] =>
  customer.addresses.map(link => {
    const address = readAddress(customer, link.address.id);
    return PARTS.map(part => address[part]?.trim())
      .filter(Boolean)
      .join(' ');
  });

/** The values of each field as words, and of those that only an unnamed field looks at. */
export type Indexed = Readonly<Record<FieldName | 'others', readonly (readonly string[])[]>>;

export function indexed(customer: Customer): Indexed {
  const { Id, Name, MetaData, VatId } = readCustomer(customer);
  const values = (texts: readonly (string | null)[]) => texts.filter(text => text !== null).map(wordsOf);
  return {
    Id: values([String(Id)]),
    Name: values([Name]),
    Addresses: values(linesOf(customer)),
    Number: values([customer.accountNumber]),
    // A phone is found by its digits too, however it was written.
    others: values([
      VatId,
      ...MetaData.map(entry => entry.Value),
      ...customer.contactPoints.map(point => point.e164),
    ]),
  };
}
