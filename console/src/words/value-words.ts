/** Values of the record as one reads them: `PT` is Portugal, `true` is yes, a list is told item by item. */
import type { Format } from '../i18n/format.ts';
import { textsOf } from '../i18n/texts.ts';
import type { Names } from './names.ts';
import { placeOf } from './path-words.ts';

const CHOICES = textsOf({
  en: {
    yes: 'yes',
    no: 'no',
    nameless: 'without a name',
    individual: 'Person',
    business: 'Business',
    active: 'active',
    inactive: 'inactive',
    disabled: 'disabled',
    ended: 'ended',
    pending: 'pending',
    confirmed: 'confirmed',
    partial: 'partly fulfilled',
    fulfilled: 'fulfilled',
    cancelled: 'cancelled',
    female: 'female',
    male: 'male',
    billing: 'billing',
    shipping: 'shipping',
    email: 'E-mail',
    phone: 'Phone',
    fax: 'Fax',
    primary: 'primary',
    secondary: 'secondary',
    mobile: 'mobile',
    landline: 'landline',
    commercial: 'commercial',
    statusUpdates: 'status updates',
    ssn: 'Social security number',
    drivingLicense: 'Driving licence',
    passport: 'Passport',
    identityCard: 'Identity card',
    other: 'Other',
    principalOwner: 'principal owner',
    authorizedSigner: 'authorised signer',
    vat: 'VAT',
    ein: 'EIN',
  },
  de: {
    yes: 'ja',
    no: 'nein',
    nameless: 'ohne Namen',
    individual: 'Person',
    business: 'Firma',
    active: 'aktiv',
    inactive: 'inaktiv',
    disabled: 'gesperrt',
    ended: 'beendet',
    pending: 'offen',
    confirmed: 'bestätigt',
    partial: 'teilweise erfüllt',
    fulfilled: 'erfüllt',
    cancelled: 'storniert',
    female: 'weiblich',
    male: 'männlich',
    billing: 'Rechnung',
    shipping: 'Lieferung',
    email: 'E-Mail',
    phone: 'Telefon',
    fax: 'Fax',
    primary: 'Haupt',
    secondary: 'Zweit',
    mobile: 'mobil',
    landline: 'Festnetz',
    commercial: 'geschäftlich',
    statusUpdates: 'Statusmeldungen',
    ssn: 'Sozialversicherungsnummer',
    drivingLicense: 'Führerschein',
    passport: 'Reisepass',
    identityCard: 'Personalausweis',
    other: 'Anderes',
    principalOwner: 'Haupteigentümer',
    authorizedSigner: 'zeichnungsberechtigt',
    vat: 'USt-IdNr.',
    ein: 'EIN',
  },
  pt: {
    yes: 'sim',
    no: 'não',
    nameless: 'sem nome',
    individual: 'Pessoa',
    business: 'Empresa',
    active: 'ativo',
    inactive: 'inativo',
    disabled: 'desativado',
    ended: 'terminado',
    pending: 'pendente',
    confirmed: 'confirmado',
    partial: 'parcialmente satisfeito',
    fulfilled: 'satisfeito',
    cancelled: 'cancelado',
    female: 'feminino',
    male: 'masculino',
    billing: 'faturação',
    shipping: 'entrega',
    email: 'E-mail',
    phone: 'Telefone',
    fax: 'Fax',
    primary: 'principal',
    secondary: 'secundário',
    mobile: 'telemóvel',
    landline: 'fixo',
    commercial: 'comercial',
    statusUpdates: 'atualizações de estado',
    ssn: 'Número de segurança social',
    drivingLicense: 'Carta de condução',
    passport: 'Passaporte',
    identityCard: 'Bilhete de identidade',
    other: 'Outro',
    principalOwner: 'proprietário principal',
    authorizedSigner: 'signatário autorizado',
    vat: 'NIF/IVA',
    ein: 'EIN',
  },
});

const COUNTRIES = new Set(['country', 'citizenship', 'issuingCountry']);
const DAYS = new Set(['birthDate', 'expiryDate']);
const INSTANTS = new Set(['createdAt', 'updatedAt', 'archivedAt', 'restoredAt']);
const CHOSEN = new Set(['kind', 'status', 'gender', 'role', 'roles', 'purposes']);
const DAY = /^\d{4}-\d\d-\d\d$/;

/** A value as a sentence or a table shows it; `undefined` where there is nothing. */
export function valueWords(path: string, value: unknown, format: Format, names: Names): string | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  if (Array.isArray(value) && value.length === 0) return undefined;
  const choices: Readonly<Record<string, string>> = CHOICES[format.language];
  const { target } = placeOf(path);
  if (target?.kind === 'order' && Array.isArray(value)) {
    return value.map(id => names(String(id)).name ?? choices.nameless!).join('\n');
  }
  if (target?.kind === 'wording') return plain(saidOf(value), choices);
  if (target?.kind !== 'field') return plain(value, choices);
  return fieldValue(target.name, value, format, choices);
}

function fieldValue(
  name: string,
  value: unknown,
  format: Format,
  choices: Readonly<Record<string, string>>,
): string {
  if (CHOSEN.has(name)) return (Array.isArray(value) ? value : [value]).map(choice(choices)).join(', ');
  if (name === 'taxIds' && Array.isArray(value)) return value.map(taxId(choices)).join('\n');
  if (typeof value !== 'string') return plain(value, choices);
  if (COUNTRIES.has(name)) {
    const country = format.country(value);
    return country === value ? value : `${country} (${value})`;
  }
  if (name === 'language') return format.languageName(value);
  if (DAYS.has(name) && DAY.test(value)) return format.date(value);
  if (INSTANTS.has(name) && !Number.isNaN(Date.parse(value))) return format.dateTime(value, 'seconds');
  return value;
}

const choice =
  (choices: Readonly<Record<string, string>>) =>
  (value: unknown): string =>
    typeof value === 'string' && Object.hasOwn(choices, value) ? choices[value]! : plain(value, choices);

const taxId =
  (choices: Readonly<Record<string, string>>) =>
  (value: unknown): string => {
    const { kind, value: number } = (value ?? {}) as { readonly kind?: unknown; readonly value?: unknown };
    return typeof number === 'string' ? `${choice(choices)(kind)} ${number}` : plain(value, choices);
  };

/** A phrasing keeps what was said, and what it stood for, which is told beside it already. */
const saidOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'said' in value ? value.said : value;

function plain(value: unknown, choices: Readonly<Record<string, string>>): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? choices.yes! : choices.no!;
  return JSON.stringify(value, null, 2) ?? '';
}
