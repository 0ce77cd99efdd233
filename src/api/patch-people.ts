/** Writing people: what is known of a person, identity documents, representatives and employees. */
import { isCountry } from '../record/country.ts';
import { newId } from '../record/identifier.ts';
import type { IdentityDocument } from '../record/identity-documents.ts';
import type { Employee, Person, Representative } from '../record/people.ts';
import { maskedNumber } from './masking.ts';
import { withAddresses } from './patch-addresses.ts';
import { withContactPoints } from './patch-contacts.ts';
import {
  below,
  type DocumentSent,
  type EmployeeSent,
  expectNoId,
  kept,
  type PersonSent,
  type Report,
  type RepresentativeSent,
  withEntries,
  withTexts,
} from './sent.ts';

const COUNTRY_RULE = 'must be a code of ISO 3166-1 alpha-2';

export function withPerson<Party extends Person>(
  party: Party,
  sent: PersonSent,
  now: string,
  report: Report,
): Party {
  const { gender = party.gender, birthDate = party.birthDate, citizenship = party.citizenship } = sent;
  const named = withTexts<Person, 'givenName' | 'familyName'>(party, sent, ['givenName', 'familyName']);
  if (birthDate !== party.birthDate && birthDate !== null && birthDate > now.slice(0, 10)) {
    report('birthDate', 'must not be in the future');
  }
  if (citizenship !== party.citizenship && citizenship !== null && !isCountry(citizenship)) {
    report('citizenship', COUNTRY_RULE);
  }
  return gender === party.gender && birthDate === party.birthDate && citizenship === party.citizenship
    ? (named as Party)
    : { ...(named as Party), gender, birthDate, citizenship };
}

export const withDocuments = <Party extends Pick<Person, 'identityDocuments'>>(
  party: Party,
  sent: readonly DocumentSent[],
  report: Report,
): Party => {
  const identityDocuments = withEntries(party.identityDocuments, sent, report, {
    idField: 'id',
    idOf: document => document.id,
    sentId: ({ id }) => id,
    add: newDocument,
    change: changedDocument,
  });
  return identityDocuments === party.identityDocuments ? party : { ...party, identityDocuments };
};

function newDocument(sent: DocumentSent, report: Report): IdentityDocument | undefined {
  const { kind } = sent;
  if (kind === undefined) report('kind', 'is missing');
  if (!expectNoId(sent, report) || kind === undefined) return undefined;
  const empty = {
    id: newId(),
    kind,
    value: null,
    issuingCountry: null,
    issuingRegion: null,
    expiryDate: null,
  };
  return changedDocument(empty, sent, report);
}

function changedDocument(document: IdentityDocument, sent: DocumentSent, report: Report): IdentityDocument {
  const {
    kind = document.kind,
    issuingCountry = document.issuingCountry,
    expiryDate = document.expiryDate,
  } = sent;
  const { id, value } = numberOf(document, sent, report);
  if (issuingCountry !== document.issuingCountry && issuingCountry !== null && !isCountry(issuingCountry)) {
    report('issuingCountry', COUNTRY_RULE);
  }
  const after = withTexts(document, sent, ['issuingRegion']);
  return id === after.id &&
    kind === after.kind &&
    value === after.value &&
    issuingCountry === after.issuingCountry &&
    expiryDate === after.expiryDate
    ? after
    : { ...after, id, kind, value, issuingCountry, expiryDate };
}

/**
 * A number that comes back as it is shown, masked, is the number that is there. One that comes in full makes another
 * document of it, even the same number: whoever tries numbers out sees the same of a right one and a wrong one.
 */
function numberOf(
  { id, value: before }: IdentityDocument,
  { value }: DocumentSent,
  report: Report,
): Pick<IdentityDocument, 'id' | 'value'> {
  if (value === undefined || value === maskedNumber(before)) return { id, value: before };
  const number = kept(value);
  if (number?.startsWith('…')) {
    report('value', 'is masked, and not as the number that is there: send the whole number');
    return { id, value: before };
  }
  return { id: before === null || number === null ? id : newId(), value: number };
}

export const withRepresentatives = (
  representatives: readonly Representative[],
  sent: readonly RepresentativeSent[],
  now: string,
  report: Report,
): readonly Representative[] =>
  withEntries(representatives, sent, report, {
    idField: 'id',
    idOf: person => person.id,
    sentId: ({ id }) => id,
    add: (each, here) => newRepresentative(each, now, here),
    change: (person, each, here) => changedRepresentative(person, each, now, here),
  });

function newRepresentative(
  sent: RepresentativeSent,
  now: string,
  report: Report,
): Representative | undefined {
  const { role } = sent;
  if (role === undefined) report('role', 'is missing');
  if (!expectNoId(sent, report) || role === undefined) return undefined;
  const nothing = { givenName: null, familyName: null, gender: null, birthDate: null, citizenship: null };
  const lists = { identityDocuments: [], contactPoints: [], addresses: [] };
  return changedRepresentative({ id: newId(), role, ...nothing, ...lists, phrasings: {} }, sent, now, report);
}

function changedRepresentative(
  person: Representative,
  sent: RepresentativeSent,
  now: string,
  report: Report,
): Representative {
  const { role = person.role, contactPoints, addresses, identityDocuments } = sent;
  let after = withPerson(person, sent, now, report);
  if (role !== after.role) after = { ...after, role };
  if (contactPoints !== undefined) {
    after = withContactPoints(after, contactPoints ?? [], below(report, 'contactPoints'));
  }
  // Addresses of representatives have no rows of their own, so nobody else gives them their times.
  if (addresses !== undefined) after = withAddresses(after, addresses ?? [], below(report, 'addresses'), now);
  if (identityDocuments !== undefined) {
    after = withDocuments(after, identityDocuments ?? [], below(report, 'identityDocuments'));
  }
  return after;
}

export const withEmployees = (
  employees: readonly Employee[],
  sent: readonly EmployeeSent[],
  now: string,
  report: Report,
): readonly Employee[] =>
  withEntries(employees, sent, report, {
    idField: 'customerId',
    idOf: employee => employee.customerId,
    sentId: ({ customerId }) => customerId,
    add: ({ customerId, position, status = 'active' }, here) => {
      if (position === undefined) here('position', 'is missing');
      return { customerId, position: position?.trim() ?? '', status, createdAt: now };
    },
    change: (employee, { position = employee.position, status = employee.status }) => {
      const title = position === employee.position ? position : position.trim();
      return title === employee.position && status === employee.status
        ? employee
        : { ...employee, position: title, status };
    },
  });
