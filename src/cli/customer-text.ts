/** A customer, its views and its history, for people at a terminal. */
import type { Schema } from './client.ts';
import { shortly, table } from './table.ts';

type Customer = Schema<'Customer'>;

/** A title and what is below it; nothing at all where there is nothing. */
const section = (title: string, rows: readonly (readonly string[])[]): readonly string[] =>
  rows.length === 0 ? [] : [`\n${title}\n${indented(table(rows))}`];

const indented = (text: string): string => text.replaceAll(/^(?=.)/gm, '  ');

export function customerText(customer: Customer): string {
  const { number, kind, status, archived, id, version } = customer;
  const own: readonly (readonly [string, unknown])[] = [
    ['given name', customer.givenName],
    ['family name', customer.familyName],
    ['company', customer.company],
    ['birth date', customer.birthDate],
    ['citizenship', customer.citizenship],
    ['language', customer.language],
    ['reference', customer.reference],
    ['account number', customer.accountNumber],
    ['price group', customer.priceGroup],
    ...customer.taxIds.map((tax): [string, unknown] => [`tax id (${tax.kind})`, tax.value]),
    ...Object.entries(customer.customFields ?? {}).map(([name, value]): [string, unknown] => [
      `field ${name}`,
      value,
    ]),
  ];
  return [
    `${customer.name}\n${kind} ${number}, ${archived ? 'archived' : status}, version ${version}, ${id}`,
    ...section(
      'Record',
      own.filter(([, value]) => value !== null).map(([name, value]) => [name, shortly(value)]),
    ),
    ...section(
      'Contact',
      customer.contactPoints.map(({ kind, value, purposes }) => [kind, value, purposes.join(', ')]),
    ),
    ...section(
      'Addresses',
      customer.addresses.map(({ number, formatted, main, roles }) => [
        String(number ?? '–'),
        formatted.join(', '),
        [...(main ? ['main'] : []), ...roles].join(', '),
      ]),
    ),
    ...section(
      'Representatives',
      customer.representatives.map(({ role, givenName, familyName }) => [
        role,
        [givenName, familyName].filter(each => each !== null).join(' '),
      ]),
    ),
    ...section(
      'Identity documents',
      customer.identityDocuments.map(({ kind, value, issuingCountry }) => [
        kind,
        shortly(value),
        issuingCountry ?? '',
      ]),
    ),
    ...section('Ids', Object.entries(customer.ids)),
  ].join('\n');
}

export const viewsText = ({ views }: Schema<'Views'>): string => views.map(viewText).join('\n\n');

function viewText({ title, id, requests, omitted }: Schema<'View'>): string {
  return [
    `${title}: ${id}`,
    ...requests.map(({ method, path, status, body }) =>
      indented(`${method} ${path} → ${status}\n${indented(JSON.stringify(body, null, 2))}`),
    ),
    ...(omitted.length > 0
      ? [indented(`Not told:\n${indented(table(omitted.map(({ path, reason }) => [path, reason])))}`)]
      : []),
  ].join('\n');
}

export const historyText = ({ items }: Schema<'History'>): string => items.map(changeText).join('\n\n');

function changeText({
  sequence,
  at,
  dialect,
  actor,
  event,
  requestId,
  erased,
  fields,
}: Schema<'Change'>): string {
  const head = [`${sequence}`, at, `${dialect} (${actor})`, event ?? '', requestId];
  const rows = fields.map(({ path, before, after }) => [
    path,
    erased ? 'erased' : `${shortly(before)} → ${shortly(after)}`,
  ]);
  return [
    head.filter(each => each !== '').join('  '),
    ...(rows.length > 0 ? [indented(table(rows))] : []),
  ].join('\n');
}
