/** Flecto's three languages (flecto.md §1, [docs: D2]): they change titles and details, never keys or codes. */
import type { WireRequest } from '../contract.ts';

export type Language = 'en' | 'es' | 'pt';

const LANGUAGES: readonly Language[] = ['en', 'es', 'pt'];

/** The languages of an `Accept-Language` that are looked at; browsers send fewer than ten. */
const RANGES_MAXIMUM = 20;

/** The best of the three for `Accept-Language`; English when none fits. */
export function languageOf(request: WireRequest): Language {
  const ranges = (request.headers['accept-language'] ?? '')
    .split(',', RANGES_MAXIMUM)
    .map(range => {
      const [tag = '', ...parameters] = range.trim().toLowerCase().split(';');
      const quality = parameters.map(parameter => /^ *q=([0-9.]+) *$/.exec(parameter)?.[1]).find(Boolean);
      return { language: tag.split('-', 1)[0]!, quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(range => range.quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const range of ranges) {
    const found = LANGUAGES.find(language => language === range.language);
    if (found) return found;
  }
  return 'en';
}

/** Sentences by key: an error code for titles, a rule for details. */
const SENTENCES: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  bad_request: { en: 'Bad request', es: 'Solicitud incorrecta', pt: 'Pedido inválido' },
  unauthorized: { en: 'Unauthorized', es: 'No autorizado', pt: 'Não autorizado' },
  forbidden: { en: 'Forbidden', es: 'Prohibido', pt: 'Proibido' },
  not_found: { en: 'Not found', es: 'No encontrado', pt: 'Não encontrado' },
  method_not_allowed: { en: 'Method not allowed', es: 'Método no permitido', pt: 'Método não permitido' },
  not_acceptable: { en: 'Not acceptable', es: 'No aceptable', pt: 'Não aceitável' },
  unsupported_media_type: {
    en: 'Unsupported media type',
    es: 'Tipo de contenido no admitido',
    pt: 'Tipo de conteúdo não suportado',
  },
  payload_too_large: {
    en: 'Payload too large',
    es: 'Contenido demasiado grande',
    pt: 'Conteúdo demasiado grande',
  },
  conflict: { en: 'Conflict', es: 'Conflicto', pt: 'Conflito' },
  invalid: { en: 'Invalid value', es: 'Valor no válido', pt: 'Valor inválido' },
  too_many_requests: { en: 'Too many requests', es: 'Demasiadas solicitudes', pt: 'Demasiados pedidos' },
  service_unavailable: {
    en: 'Service unavailable, try again shortly',
    es: 'Servicio no disponible, inténtelo de nuevo en breve',
    pt: 'Serviço indisponível, tente novamente em breve',
  },
  request_timeout: { en: 'Request timeout', es: 'Tiempo de espera agotado', pt: 'Tempo de espera esgotado' },
  internal_error: { en: 'Internal error', es: 'Error interno', pt: 'Erro interno' },
  'not-json': {
    en: 'The body must be a JSON object.',
    es: 'El cuerpo debe ser un objeto JSON.',
    pt: 'O corpo deve ser um objeto JSON.',
  },
  'must-be-object': { en: 'Must be an object.', es: 'Debe ser un objeto.', pt: 'Deve ser um objeto.' },
  'must-be-string': { en: 'Must be a string.', es: 'Debe ser un texto.', pt: 'Deve ser um texto.' },
  'must-be-string-or-null': {
    en: 'Must be a string or null.',
    es: 'Debe ser un texto o null.',
    pt: 'Deve ser um texto ou null.',
  },
  'must-be-number-or-null': {
    en: 'Must be a number or null.',
    es: 'Debe ser un número o null.',
    pt: 'Deve ser um número ou null.',
  },
  'must-be-boolean': {
    en: 'Must be true or false.',
    es: 'Debe ser true o false.',
    pt: 'Deve ser true ou false.',
  },
  'too-long': { en: 'Is too long.', es: 'Es demasiado largo.', pt: 'É demasiado longo.' },
  'not-a-line': {
    en: 'Must be one line of text without control characters.',
    es: 'Debe ser una línea de texto sin caracteres de control.',
    pt: 'Deve ser uma linha de texto sem caracteres de controlo.',
  },
  'out-of-range': { en: 'Is out of range.', es: 'Está fuera de rango.', pt: 'Está fora do intervalo.' },
  'not-a-country': {
    en: 'Must be an ISO 3166-1 alpha-2 country code in upper case.',
    es: 'Debe ser un código de país ISO 3166-1 alfa-2 en mayúsculas.',
    pt: 'Deve ser um código de país ISO 3166-1 alfa-2 em maiúsculas.',
  },
  'coordinates-are-a-pair': {
    en: 'Latitude and longitude must be given together.',
    es: 'La latitud y la longitud deben indicarse juntas.',
    pt: 'A latitude e a longitude devem ser indicadas em conjunto.',
  },
  'type-mismatch': {
    en: 'The type is not the one of this endpoint.',
    es: 'El tipo no es el de este recurso.',
    pt: 'O tipo não é o deste recurso.',
  },
  'id-mismatch': {
    en: 'The id is not the one in the path.',
    es: 'El id no es el de la ruta.',
    pt: 'O id não é o do caminho.',
  },
  archived: {
    en: 'The customer is archived and cannot be changed.',
    es: 'El cliente está archivado y no se puede modificar.',
    pt: 'O cliente está arquivado e não pode ser alterado.',
  },
};

/** The sentence in the language; a key without one stands for itself. */
export const translate = (language: Language, key: string): string => SENTENCES[key]?.[language] ?? key;
