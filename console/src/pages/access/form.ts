/** What a new credential asks for, from the JSON Schema that the server gives for each dialect. */

export interface Field {
  readonly name: string;
  readonly kind: 'text' | 'choice' | 'yes';
  readonly choices: readonly string[];
  readonly needed: boolean;
  readonly pattern?: string;
  readonly maxLength?: number;
  /** The server's own words. */
  readonly description: string;
}

export type Values = Readonly<Record<string, string | boolean>>;

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** What is no text, choice or yes-or-no is left out; the server says what it misses. */
export function fieldsOf(schema: unknown): readonly Field[] {
  const { properties, required } = record(schema);
  const needed = new Set(list(required));
  return Object.entries(record(properties)).flatMap(([name, property]) => {
    const field = fieldOf(name, record(property), needed.has(name));
    return field ? [field] : [];
  });
}

function fieldOf(
  name: string,
  property: Readonly<Record<string, unknown>>,
  needed: boolean,
): Field | undefined {
  const choices = [...list(property.enum), ...list(property.anyOf).map(each => record(each).const)].filter(
    each => typeof each === 'string',
  );
  const kind =
    property.type === 'boolean'
      ? 'yes'
      : choices.length > 0
        ? 'choice'
        : property.type === 'string'
          ? 'text'
          : undefined;
  if (!kind) return undefined;
  return {
    name,
    kind,
    choices,
    needed,
    description: typeof property.description === 'string' ? property.description : name,
    ...(typeof property.pattern === 'string' && { pattern: property.pattern }),
    ...(typeof property.maxLength === 'number' && { maxLength: property.maxLength }),
  };
}

/** One of several ways to fill in the same form. */
export interface Variant {
  readonly name: 'login' | 'key' | 'issuer' | 'store';
  /** Asked for in this way; `needed` is what this way needs. */
  readonly fields: readonly Field[];
  /** Sent without being asked for. */
  readonly fixed: Values;
}

/** A form that has one way only gives none. */
export function variantsOf(fields: readonly Field[]): readonly Variant[] {
  const login = fields.find(({ name }) => name === 'login');
  if (login && !login.needed) {
    return [
      {
        name: 'login',
        fields: fields.map(each => (each === login ? { ...each, needed: true } : each)),
        fixed: {},
      },
      { name: 'key', fields: fields.filter(each => each !== login), fixed: {} },
    ];
  }
  if (fields.some(({ name, kind }) => name === 'store' && kind === 'yes')) {
    const others = fields.filter(({ name }) => name !== 'store');
    return [
      {
        name: 'issuer',
        fields: others.map(each => (each.name === 'subject' ? each : { ...each, needed: true })),
        fixed: {},
      },
      { name: 'store', fields: [], fixed: { store: true } },
    ];
  }
  return [];
}

export type Fault = 'needed' | 'form' | 'length';

/** What is wrong before anything is sent; the server looks again. */
export function faultOf(field: Field, value: string | boolean | undefined): Fault | undefined {
  if (field.kind === 'yes') return undefined;
  const text = typeof value === 'string' ? value : '';
  if (text === '') return field.needed ? 'needed' : undefined;
  if (field.maxLength !== undefined && [...text].length > field.maxLength) return 'length';
  if (field.pattern !== undefined && !new RegExp(field.pattern, 'u').test(text)) return 'form';
  return undefined;
}

/** What is sent: nothing that was left empty. */
export function optionsOf(fields: readonly Field[], values: Values, fixed: Values): Values {
  const said = fields.flatMap(({ name, kind }): readonly (readonly [string, string | boolean])[] => {
    const value = values[name];
    const isSaid = kind === 'yes' ? value === true : typeof value === 'string' && value !== '';
    return isSaid && value !== undefined ? [[name, value]] : [];
  });
  return { ...Object.fromEntries(said), ...fixed };
}
