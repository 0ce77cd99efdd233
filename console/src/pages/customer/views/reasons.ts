/** Why a system cannot tell a value, in the person's language. The server says it in English; what is not here stays so. */
import type { Language } from '../../../i18n/texts.ts';

type Reason = Readonly<Record<Exclude<Language, 'en'>, string>>;

/** `{}` is the system's name. */
const NO_FIELD: Reason = { de: '{} hat kein Feld dafür.', pt: '{} não tem campo para isto.' };

const REASONS: Readonly<Record<string, Reason>> = {
  'A business has one name.': { de: 'Eine Firma hat einen Namen.', pt: 'Uma empresa tem um só nome.' },
  'A business is no person.': { de: 'Eine Firma ist keine Person.', pt: 'Uma empresa não é uma pessoa.' },
  'A business shows its EIN only.': {
    de: 'Bei einer Firma wird nur die EIN gezeigt.',
    pt: 'De uma empresa mostra-se apenas o EIN.',
  },
  'A business shows no e-mail.': {
    de: 'Bei einer Firma wird keine E-Mail gezeigt.',
    pt: 'De uma empresa não se mostra e-mail.',
  },
  'A business shows no identification documents.': {
    de: 'Bei einer Firma werden keine Ausweise gezeigt.',
    pt: 'De uma empresa não se mostram documentos de identidade.',
  },
  'A customer has one name.': {
    de: 'Ein Kunde hat hier einen Namen.',
    pt: 'Aqui um cliente tem um só nome.',
  },
  'A customer shows a VAT number alone.': {
    de: 'Gezeigt wird nur eine USt-IdNr.',
    pt: 'Mostra-se apenas um número de IVA.',
  },
  'A customer shows a mailing address, and not which of the addresses it is.': {
    de: 'Gezeigt wird eine Postanschrift, aber nicht, welche der Adressen es ist.',
    pt: 'Mostra-se uma morada postal, mas não qual das moradas é.',
  },
  'A customer shows one name.': { de: 'Gezeigt wird ein einziger Name.', pt: 'Mostra-se um só nome.' },
  'A customer shows one passport, driving licence or identity card.': {
    de: 'Gezeigt wird ein einziger Reisepass, Führerschein oder Personalausweis.',
    pt: 'Mostra-se um só passaporte, carta de condução ou bilhete de identidade.',
  },
  'A social security number has neither region nor expiry.': {
    de: 'Eine Sozialversicherungsnummer hat weder Region noch Ablaufdatum.',
    pt: 'Um número de segurança social não tem região nem validade.',
  },
  'AddressType tells one role: neither both nor none.': {
    de: 'AddressType nennt genau eine Verwendung, nicht beide und nicht keine.',
    pt: 'AddressType indica uma única utilização: nem ambas nem nenhuma.',
  },
  'An individual has its name in parts.': {
    de: 'Bei einer Person steht der Name in Teilen.',
    pt: 'O nome de uma pessoa está em partes.',
  },
  'An individual has no company.': { de: 'Eine Person hat keine Firma.', pt: 'Uma pessoa não tem empresa.' },
  'An individual has no employees.': {
    de: 'Eine Person hat keine Mitarbeiter.',
    pt: 'Uma pessoa não tem colaboradores.',
  },
  'An individual has no representatives.': {
    de: 'Eine Person hat keine Vertreter.',
    pt: 'Uma pessoa não tem representantes.',
  },
  'An individual has no tax id.': {
    de: 'Eine Person hat keine Steuernummer.',
    pt: 'Uma pessoa não tem número fiscal.',
  },
  'An individual shows the last four digits.': {
    de: 'Bei einer Person werden nur die letzten vier Ziffern gezeigt.',
    pt: 'De uma pessoa mostram-se apenas os últimos quatro algarismos.',
  },
  'FirstName and LastName show the parts that are known.': {
    de: 'FirstName und LastName zeigen die bekannten Teile.',
    pt: 'FirstName e LastName mostram as partes conhecidas.',
  },
  'A customer shows no fax.': { de: 'Fax wird nicht gezeigt.', pt: 'Não se mostra fax.' },
  'A customer shows one e-mail.': {
    de: 'Gezeigt wird eine einzige E-Mail-Adresse.',
    pt: 'Mostra-se um só e-mail.',
  },
  'A customer shows three e-mails.': {
    de: 'Gezeigt werden drei E-Mail-Adressen.',
    pt: 'Mostram-se três e-mails.',
  },
  'A customer shows three phones.': {
    de: 'Gezeigt werden drei Telefonnummern.',
    pt: 'Mostram-se três telefones.',
  },
  'A customer shows one phone, and only a number in international form.': {
    de: 'Gezeigt wird eine einzige Telefonnummer, und nur in internationaler Form.',
    pt: 'Mostra-se um só telefone, e apenas na forma internacional.',
  },
  'The region is no US state.': {
    de: 'Die Region ist kein Bundesstaat der USA.',
    pt: 'A região não é um estado dos EUA.',
  },
  'The country is not known.': { de: 'Das Land ist nicht bekannt.', pt: 'O país não é conhecido.' },
  'There is one e-mail only.': { de: 'Es gibt nur eine E-Mail-Adresse.', pt: 'Há apenas um e-mail.' },
  'phoneNumber has 6 to 12 digits and nothing else.': {
    de: 'phoneNumber hat 6 bis 12 Ziffern und sonst nichts.',
    pt: 'phoneNumber tem de 6 a 12 algarismos e nada mais.',
  },
  'addressLine2 has at most 50 characters, without < and >.': {
    de: 'addressLine2 hat höchstens 50 Zeichen, ohne < und >.',
    pt: 'addressLine2 tem no máximo 50 caracteres, sem < nem >.',
  },
  'Number takes a 32-bit integer only.': {
    de: 'Number nimmt nur eine ganze Zahl von 32 Bit.',
    pt: 'Number aceita apenas um inteiro de 32 bits.',
  },
  'PriceGroupId takes an integer only.': {
    de: 'PriceGroupId nimmt nur eine ganze Zahl.',
    pt: 'PriceGroupId aceita apenas um inteiro.',
  },
  'VatId takes the VAT id only.': {
    de: 'VatId nimmt nur die USt-IdNr.',
    pt: 'VatId aceita apenas o número de IVA.',
  },
  'vat_number takes the VAT id only.': {
    de: 'vat_number nimmt nur die USt-IdNr.',
    pt: 'vat_number aceita apenas o número de IVA.',
  },
  'There is no fax.': { de: 'Fax gibt es hier nicht.', pt: 'Aqui não há fax.' },
  'What was written is no ISO 3166-1 country.': {
    de: 'Was geschrieben wurde, ist kein Land nach ISO 3166-1.',
    pt: 'O que foi escrito não é um país da ISO 3166-1.',
  },
};

/** Those that name the system at their beginning. */
const OF_SYSTEM: Readonly<Record<string, Reason>> = {
  '{} has no field for it.': NO_FIELD,
  '{} has no attribute for it.': NO_FIELD,
  '{} has one Name.': { de: '{} hat einen einzigen Namen.', pt: '{} tem um só nome.' },
  '{} has no archive; it is told when it changes something.': {
    de: '{} kennt kein Archiv; es erfährt davon, sobald es etwas ändert.',
    pt: '{} não tem arquivo; é avisado quando altera algo.',
  },
  '{} shows the name in parts.': { de: '{} zeigt den Namen in Teilen.', pt: '{} mostra o nome em partes.' },
  '{} shows the contact in one piece.': {
    de: '{} zeigt die Kontaktperson in einem Stück.',
    pt: '{} mostra o contacto numa só peça.',
  },
  '{} shows one e-mail and one phone.': {
    de: '{} zeigt eine E-Mail-Adresse und eine Telefonnummer.',
    pt: '{} mostra um e-mail e um telefone.',
  },
  '{} shows one billing and one shipping address.': {
    de: '{} zeigt eine Rechnungs- und eine Lieferadresse.',
    pt: '{} mostra uma morada de faturação e uma de entrega.',
  },
  '{} shows the main address where none has the role.': {
    de: '{} zeigt die Hauptadresse, wo keine die Verwendung hat.',
    pt: '{} mostra a morada principal quando nenhuma tem a utilização.',
  },
  '{} speaks English, Spanish and Portuguese.': {
    de: '{} spricht Englisch, Spanisch und Portugiesisch.',
    pt: '{} fala inglês, espanhol e português.',
  },
  '{} sums what is active.': { de: '{} summiert, was aktiv ist.', pt: '{} soma o que está ativo.' },
};

/** Those that name a country or a field of the system. */
const WITH_NAME: readonly (readonly [RegExp, Reason])[] = [
  [
    /^(\w+) has no US state\.$/,
    { de: '{} hat keinen Bundesstaat der USA.', pt: '{} não tem um estado dos EUA.' },
  ],
  [
    /^must have required property '(\w+)'$/,
    { de: '{} muss da sein und fehlt.', pt: 'Falta {}, que é obrigatório.' },
  ],
];

export function reasonIn(language: Language, reason: string, system: string): string {
  if (language === 'en') return reason;
  const known = REASONS[reason] ?? OF_SYSTEM[reason.replace(system, '{}')];
  if (known) return known[language].replace('{}', system);
  for (const [pattern, told] of WITH_NAME) {
    const [, name] = pattern.exec(reason) ?? [];
    if (name !== undefined) return told[language].replace('{}', name);
  }
  return reason;
}
