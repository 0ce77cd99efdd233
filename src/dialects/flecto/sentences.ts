/** What Flecto's errors say in its three languages: titles by code, details by rule (flecto.md §5 [convention]). */
import type { Language } from './language.ts';

export const SENTENCES: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
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
  unreadable: {
    en: 'The body cannot be read as JSON.',
    es: 'El cuerpo no se puede leer como JSON.',
    pt: 'O corpo não pode ser lido como JSON.',
  },
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
  required: {
    en: 'Is required.',
    es: 'Es obligatorio.',
    pt: 'É obrigatório.',
  },
  'must-not-be-blank': {
    en: 'Must not be blank.',
    es: 'No puede estar en blanco.',
    pt: 'Não pode estar em branco.',
  },
  'must-be-number': {
    en: 'Must be a number.',
    es: 'Debe ser un número.',
    pt: 'Deve ser um número.',
  },
  'must-be-integer': {
    en: 'Must be a whole number.',
    es: 'Debe ser un número entero.',
    pt: 'Deve ser um número inteiro.',
  },
  'must-be-string-or-integer': {
    en: 'Must be a string or a whole number.',
    es: 'Debe ser un texto o un número entero.',
    pt: 'Deve ser um texto ou um número inteiro.',
  },
  'must-be-array': {
    en: 'Must be a list.',
    es: 'Debe ser una lista.',
    pt: 'Deve ser uma lista.',
  },
  'not-a-choice': {
    en: 'Is not one of the allowed values.',
    es: 'No es uno de los valores permitidos.',
    pt: 'Não é um dos valores permitidos.',
  },
  'not-an-email': {
    en: 'Must be an e-mail address.',
    es: 'Debe ser una dirección de correo electrónico.',
    pt: 'Deve ser um endereço de e-mail.',
  },
  'not-a-phone-number': {
    en: 'Must be a phone number in international form, such as +351211234567.',
    es: 'Debe ser un número de teléfono en formato internacional, como +351211234567.',
    pt: 'Deve ser um número de telefone em formato internacional, como +351211234567.',
  },
  'not-a-text': {
    en: 'Must be text without control characters other than line breaks and tabs.',
    es: 'Debe ser un texto sin caracteres de control, salvo saltos de línea y tabulaciones.',
    pt: 'Deve ser um texto sem caracteres de controlo, exceto quebras de linha e tabulações.',
  },
  'not-a-time': {
    en: 'Must be a date and time in ISO 8601 with its offset, such as 2026-01-31T09:00:00Z.',
    es: 'Debe ser una fecha y hora ISO 8601 con su desfase, como 2026-01-31T09:00:00Z.',
    pt: 'Deve ser uma data e hora ISO 8601 com o seu desvio, como 2026-01-31T09:00:00Z.',
  },
  'contact-required': {
    en: 'An e-mail address or a phone number is required.',
    es: 'Se requiere una dirección de correo electrónico o un número de teléfono.',
    pt: 'É necessário um endereço de e-mail ou um número de telefone.',
  },
  'period-is-a-pair': {
    en: 'Start and end must be given together.',
    es: 'El inicio y el fin deben indicarse juntos.',
    pt: 'O início e o fim devem ser indicados em conjunto.',
  },
  'ends-before-it-starts': {
    en: 'Must be after the start.',
    es: 'Debe ser posterior al inicio.',
    pt: 'Deve ser posterior ao início.',
  },
  'not-open': {
    en: 'The inquiry is not open.',
    es: 'La consulta no está abierta.',
    pt: 'O pedido não está aberto.',
  },
  'not-approved': {
    en: 'The inquiry is not approved.',
    es: 'La consulta no está aprobada.',
    pt: 'O pedido não está aprovado.',
  },
  'not-rejected': {
    en: 'The inquiry is not rejected.',
    es: 'La consulta no está rechazada.',
    pt: 'O pedido não está rejeitado.',
  },
  'json-only': {
    en: 'Only application/json and application/vnd.api+json are served and read.',
    es: 'Solo se sirven y se leen application/json y application/vnd.api+json.',
    pt: 'Apenas application/json e application/vnd.api+json são servidos e lidos.',
  },
  'unknown-parameter': {
    en: 'The operation has no such parameter.',
    es: 'La operación no tiene este parámetro.',
    pt: 'A operação não tem este parâmetro.',
  },
  'given-twice': {
    en: 'Must be given once.',
    es: 'Debe indicarse una sola vez.',
    pt: 'Deve ser indicado uma só vez.',
  },
  'not-a-page': {
    en: 'Must be a whole number from 1.',
    es: 'Debe ser un número entero a partir de 1.',
    pt: 'Deve ser um número inteiro a partir de 1.',
  },
  'not-a-page-size': {
    en: 'Must be a whole number from 1 to 100.',
    es: 'Debe ser un número entero de 1 a 100.',
    pt: 'Deve ser um número inteiro de 1 a 100.',
  },
  'unknown-sort': {
    en: 'Has a key that the list cannot be sorted by.',
    es: 'Tiene una clave por la que no se puede ordenar la lista.',
    pt: 'Tem uma chave pela qual a lista não pode ser ordenada.',
  },
  'unknown-order': {
    en: 'The list cannot be sorted by these keys together.',
    es: 'La lista no se puede ordenar por estas claves juntas.',
    pt: 'A lista não pode ser ordenada por estas chaves em conjunto.',
  },
  'unknown-include': {
    en: 'Has a relationship that cannot be included.',
    es: 'Tiene una relación que no se puede incluir.',
    pt: 'Tem uma relação que não pode ser incluída.',
  },
  'unknown-field': {
    en: 'Has a field that the resource does not have.',
    es: 'Tiene un campo que el recurso no tiene.',
    pt: 'Tem um campo que o recurso não tem.',
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
  'too-many-addresses': {
    en: 'A customer has at most 1000 addresses.',
    es: 'Un cliente tiene como máximo 1000 direcciones.',
    pt: 'Um cliente tem no máximo 1000 moradas.',
  },
  'too-many-entries': {
    en: 'A customer has at most 3000 entries in all lists together.',
    es: 'Un cliente tiene como máximo 3000 entradas en todas las listas juntas.',
    pt: 'Um cliente tem no máximo 3000 entradas em todas as listas juntas.',
  },
  'too-large': {
    en: 'The customer would hold more text than a customer may.',
    es: 'El cliente contendría más texto del que puede tener un cliente.',
    pt: 'O cliente teria mais texto do que um cliente pode ter.',
  },
  archived: {
    en: 'The customer is archived and cannot be changed.',
    es: 'El cliente está archivado y no se puede modificar.',
    pt: 'O cliente está arquivado e não pode ser alterado.',
  },
};
