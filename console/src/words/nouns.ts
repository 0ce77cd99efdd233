/** What people call each field and each part of a record, in every language, with the gender that articles follow. */
import type { Language } from '../i18n/texts.ts';

/** `p`, `mp` and `fp` are plurals. English needs none. */
export type Gender = 'm' | 'f' | 'n' | 'p' | 'mp' | 'fp' | '';

export interface Noun {
  readonly word: string;
  readonly gender: Gender;
}

/** English, German, Portuguese; the gender stands behind the word. */
type Row = readonly [string, string, string];
type Table = Readonly<Record<string, Row>>;

const PLACES: Readonly<Record<Language, 0 | 1 | 2>> = { en: 0, de: 1, pt: 2 };

const TIMES: Table = {
  createdAt: ['time of creation', 'Zeitpunkt der Anlage m', 'momento da criação m'],
  updatedAt: ['time of the last change', 'Zeitpunkt der letzten Änderung m', 'momento da última alteração m'],
  archivedAt: ['time of archiving', 'Zeitpunkt der Archivierung m', 'momento do arquivamento m'],
  restoredAt: ['time of restoring', 'Zeitpunkt der Wiederherstellung m', 'momento do restauro m'],
};

const IDENTITY: Table = {
  id: ['internal id', 'interne ID f', 'ID interno m'],
  number: ['number', 'Nummer f', 'número m'],
  version: ['version', 'Version f', 'versão f'],
};

const PERSON: Table = {
  givenName: ['first name', 'Vorname m', 'nome próprio m'],
  familyName: ['last name', 'Nachname m', 'apelido m'],
  gender: ['gender', 'Geschlecht n', 'género m'],
  birthDate: ['date of birth', 'Geburtsdatum n', 'data de nascimento f'],
  citizenship: ['citizenship', 'Staatsangehörigkeit f', 'nacionalidade f'],
};

/** The lists of a record, and what one item of each is. */
export const LISTS = {
  contactPoints: ['contact points', 'Kontakte p', 'contactos mp'],
  addresses: ['addresses', 'Adressen p', 'moradas fp'],
  identityDocuments: ['identity documents', 'Ausweise p', 'documentos de identidade mp'],
  representatives: ['representatives', 'Vertreter p', 'representantes mp'],
  employees: ['employees', 'Mitarbeiter p', 'colaboradores mp'],
  orders: ['orders', 'Aufträge p', 'encomendas fp'],
  subscriptions: ['subscriptions', 'Abonnements p', 'subscrições fp'],
} as const satisfies Table;

export type ListName = keyof typeof LISTS;
export const isList = (name: string): name is ListName => Object.hasOwn(LISTS, name);

const ITEMS: Readonly<Record<ListName, Row>> = {
  contactPoints: ['contact point', 'Kontakt m', 'contacto m'],
  addresses: ['address', 'Adresse f', 'morada f'],
  identityDocuments: ['identity document', 'Ausweis m', 'documento de identidade m'],
  representatives: ['representative', 'Vertreter m', 'representante m'],
  employees: ['employee', 'Mitarbeiter m', 'colaborador m'],
  orders: ['order', 'Auftrag m', 'encomenda f'],
  subscriptions: ['subscription', 'Abonnement n', 'subscrição f'],
};

/** Where the kind of an item is known, it has a better name. */
const KINDS: Table = {
  email: ['e-mail', 'E-Mail-Adresse f', 'e-mail m'],
  phone: ['phone number', 'Telefonnummer f', 'número de telefone m'],
  fax: ['fax number', 'Faxnummer f', 'número de fax m'],
  ssn: ['social security number', 'Sozialversicherungsnummer f', 'número de segurança social m'],
  drivingLicense: ['driving licence', 'Führerschein m', 'carta de condução f'],
  passport: ['passport', 'Reisepass m', 'passaporte m'],
  identityCard: ['identity card', 'Personalausweis m', 'bilhete de identidade m'],
};

/** The customer's own fields, and those of the items of each list. */
const FIELDS: Readonly<Record<'customer' | ListName, Table>> = {
  customer: {
    ...IDENTITY,
    ...PERSON,
    ...TIMES,
    ...LISTS,
    number: ['customer number', 'Kundennummer f', 'número de cliente m'],
    kind: ['kind of customer', 'Kundenart f', 'tipo de cliente m'],
    status: ['status', 'Status m', 'estado m'],
    reference: ['reference', 'Referenz f', 'referência f'],
    accountNumber: ['account number', 'Kundenkontonummer f', 'número de conta m'],
    name: ['name', 'Name m', 'nome m'],
    displayName: ['display name', 'Anzeigename m', 'nome a apresentar m'],
    company: ['company', 'Firma f', 'empresa f'],
    taxIds: ['tax ids', 'Steuernummern p', 'números fiscais mp'],
    language: ['language', 'Sprache f', 'língua f'],
    priceGroup: ['price group', 'Preisgruppe f', 'grupo de preços m'],
    customFields: ['custom fields', 'Zusatzfelder p', 'campos personalizados mp'],
    archived: ['archive mark', 'Archivkennzeichen n', 'marca de arquivo f'],
    ids: ['ids in the systems', 'IDs in den Systemen p', 'IDs nos sistemas mp'],
    createdBy: ['author', 'Ersteller m', 'autor m'],
  },
  contactPoints: {
    ...IDENTITY,
    kind: ['kind', 'Art f', 'tipo m'],
    value: ['text', 'Text m', 'texto m'],
    e164: ['international form', 'internationale Form f', 'forma internacional f'],
    purposes: ['purposes', 'Zwecke p', 'finalidades fp'],
    label: ['label', 'Bezeichnung f', 'designação f'],
  },
  addresses: {
    ...IDENTITY,
    ...TIMES,
    address: ['content', 'Inhalt m', 'conteúdo m'],
    label: ['label', 'Bezeichnung f', 'designação f'],
    main: ['mark as main address', 'Kennzeichnung als Hauptadresse f', 'marca de morada principal f'],
    roles: ['use', 'Verwendung f', 'utilização f'],
    rank: ['place among sharers', 'Platz unter den Mitnutzern m', 'lugar entre os que a partilham m'],
    line1: ['street', 'Straße f', 'rua f'],
    line2: ['address addition', 'Adresszusatz m', 'complemento m'],
    houseNumber: ['house number', 'Hausnummer f', 'número de porta m'],
    locality: ['part of town', 'Ortsteil m', 'localidade f'],
    city: ['city', 'Ort m', 'cidade f'],
    region: ['region', 'Region f', 'região f'],
    postalCode: ['postal code', 'Postleitzahl f', 'código postal m'],
    country: ['country', 'Land n', 'país m'],
    countryText: ['country as written', 'Land wie geschrieben n', 'país como foi escrito m'],
    latitude: ['latitude', 'geografische Breite f', 'latitude f'],
    longitude: ['longitude', 'geografische Länge f', 'longitude f'],
    contactName: ['contact person', 'Kontaktperson f', 'pessoa de contacto f'],
    contactGivenName: [
      'first name of the contact',
      'Vorname der Kontaktperson m',
      'nome próprio do contacto m',
    ],
    contactFamilyName: ['last name of the contact', 'Nachname der Kontaktperson m', 'apelido do contacto m'],
    contactExtra: ['further name line', 'weitere Namenszeile f', 'outra linha do nome f'],
    company: ['company', 'Firma f', 'empresa f'],
    email: ['e-mail', 'E-Mail-Adresse f', 'e-mail m'],
    phone: ['phone number', 'Telefonnummer f', 'número de telefone m'],
    phone2: ['second phone number', 'zweite Telefonnummer f', 'segundo número de telefone m'],
    fax: ['fax number', 'Faxnummer f', 'número de fax m'],
    branch: ['branch', 'Filiale f', 'filial f'],
    formatted: ['envelope lines', 'Anschriftzeilen p', 'linhas do envelope fp'],
  },
  identityDocuments: {
    ...IDENTITY,
    kind: ['kind', 'Art f', 'tipo m'],
    value: ['document number', 'Ausweisnummer f', 'número do documento m'],
    issuingCountry: ['issuing country', 'Ausstellungsland n', 'país emissor m'],
    issuingRegion: ['issuing region', 'Ausstellungsregion f', 'região emissora f'],
    expiryDate: ['expiry date', 'Ablaufdatum n', 'data de validade f'],
  },
  representatives: {
    ...IDENTITY,
    ...PERSON,
    ...LISTS,
    role: ['role', 'Rolle f', 'função f'],
  },
  employees: {
    ...IDENTITY,
    ...TIMES,
    customerId: ['customer', 'Kundeneintrag m', 'registo de cliente m'],
    position: ['position', 'Position f', 'cargo m'],
    status: ['status', 'Status m', 'estado m'],
  },
  orders: { ...IDENTITY, status: ['status', 'Status m', 'estado m'] },
  subscriptions: {
    ...IDENTITY,
    status: ['status', 'Status m', 'estado m'],
    monthlyAmount: ['monthly amount', 'Monatsbetrag m', 'valor mensal m'],
  },
};

const OTHERS = {
  customField: ['custom field', 'Zusatzfeld n', 'campo personalizado m'],
  /** What a later version of the server may know. */
  unknown: ['field', 'Feld n', 'campo m'],
  order: ['order', 'Reihenfolge f', 'ordem f'],
  wording: ['wording', 'Wortlaut m', 'redação f'],
  customer: ['customer', 'Kunde m', 'cliente m'],
  mainAddress: ['main address', 'Hauptadresse f', 'morada principal f'],
} as const satisfies Table;

function nounOf(row: Row, language: Language): Noun {
  const text = row[PLACES[language]];
  if (language === 'en') return { word: text, gender: '' };
  const at = text.lastIndexOf(' ');
  return { word: text.slice(0, at), gender: text.slice(at + 1) as Gender };
}

export const fieldNoun = (
  scope: 'customer' | ListName,
  field: string,
  language: Language,
): Noun | undefined =>
  Object.hasOwn(FIELDS[scope], field) ? nounOf(FIELDS[scope][field]!, language) : undefined;

export const listNoun = (list: ListName, language: Language): Noun => nounOf(LISTS[list], language);

/** One item of a list; `kind` such as `email` or `passport` names it better. */
export const itemNoun = (list: ListName, kind: string | undefined, language: Language): Noun =>
  nounOf(kind !== undefined && Object.hasOwn(KINDS, kind) ? KINDS[kind]! : ITEMS[list], language);

export const otherNoun = (name: keyof typeof OTHERS, language: Language): Noun =>
  nounOf(OTHERS[name], language);
