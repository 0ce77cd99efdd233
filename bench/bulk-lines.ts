/** A file of customers as somebody brings them from another system: two addresses and three contact points each. */
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { newContactPoint } from '../src/record/contact-points.ts';
import { person, random } from './people.ts';

/** Lines of one piece of the file. */
const PIECE = 1_000;

export const writeLines = (path: string, customers: number): Promise<void> =>
  pipeline(pieces(customers), createWriteStream(path));

function* pieces(customers: number): Generator<string> {
  for (let from = 0; from < customers; from += PIECE) {
    const size = Math.min(PIECE, customers - from);
    yield Array.from({ length: size }, (_, at) => `${JSON.stringify(lineOf(from + at))}\n`).join('');
  }
}

/** Without ids and numbers, which Concord gives, but with a reference, by which it knows the customer again. */
function lineOf(index: number): object {
  const { kind, status, givenName, familyName, company, taxIds, contactPoints, addresses } = person(index);
  const next = random(index + 1_000_000_000);
  const digits = () => String(1_000_000 + Math.floor(next() * 8_999_999));
  const third = contactPoints[2] ?? newContactPoint('phone', `+4930${digits()}`, ['landline']);
  const places = addresses.map(({ address }) => address);
  const second = places[1] ?? { ...places[0]!, line1: `Hafenstraße ${1 + Math.floor(next() * 200)}` };
  return {
    kind,
    status,
    reference: `crm${index + 1}`,
    givenName,
    familyName,
    ...(company !== null && { company }),
    ...(taxIds.length > 0 && { taxIds }),
    contactPoints: [...contactPoints.slice(0, 2), third].map(({ kind: of, value, purposes }) => ({
      kind: of,
      value,
      purposes,
    })),
    addresses: [places[0]!, second].map(({ line1, postalCode, city, country, contactName }, at) => ({
      ...{ line1, postalCode, city, country },
      ...(contactName !== null && { contactName }),
      roles: [at === 0 ? 'billing' : 'shipping'],
    })),
  };
}
