/** Names and values of query strings and forms, and the forms that a list can have in them (lightening.md §5). */
import { ConcordError } from '../../record/errors.ts';
import type { Json } from '../../record/json.ts';

/** What was sent, by name. A map, so that no name is special. */
export type Sent = ReadonlyMap<string, Json>;

export type Pair = readonly [name: string, value: string];

/** `customer_ids[0]`: a name, then any number of keys in brackets. */
const NAME = /^([^[\]]+)((?:\[[^[\]]*\])*)$/;
const INDEX = /^(?:\[[0-9]*\])$/;

/** A stray `%` stands for itself, as in browsers. */
const STRAY_PERCENT = /%(?![0-9a-fA-F]{2})/g;

/** The pairs of a text in the form encoding. @throws ConcordError `body-unreadable` when it is not UTF-8. */
export function pairsOf(text: string): Pair[] {
  return text
    .split('&')
    .filter(part => part !== '')
    .map(part => {
      const equals = part.indexOf('=');
      const [name, value] = equals < 0 ? [part, ''] : [part.slice(0, equals), part.slice(equals + 1)];
      return [decode(name), decode(value)];
    });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' ').replace(STRAY_PERCENT, '%25'));
  } catch (cause) {
    throw new ConcordError('body-unreadable', {
      message: 'The query or the form is not valid UTF-8.',
      cause,
    });
  }
}

/**
 * Pairs by name. `list` is the one name that holds a list: its entries are united in order of appearance,
 * whichever of the forms of §5.1 they have. Any other name that is repeated or in brackets becomes a list
 * too, and fails as one: to take the first or the last would be a guess.
 */
export function readPairs(pairs: Iterable<Pair>, list: string): Sent {
  const sent = new Map<string, Json[]>();
  const single = new Set<string>();
  for (const [name, value] of pairs) {
    const [, field = name, keys = ''] = NAME.exec(name) ?? [];
    const before = sent.get(field);
    if (before === undefined && keys === '' && field !== list) single.add(field);
    else single.delete(field);
    const entries = field === list ? entriesOf(keys, value) : [value];
    if (before) for (const entry of entries) before.push(entry);
    else sent.set(field, entries);
  }
  return new Map(
    [...sent].map(([field, values]): [string, Json] => [field, single.has(field) ? values[0]! : values]),
  );
}

/** Deeper nesting and keys that are no index are kept as something that is no id. */
function entriesOf(keys: string, value: string): Json[] {
  if (keys !== '' && !INDEX.test(keys)) return [{}];
  const text = value.trim();
  if (text.startsWith('[')) return jsonList(text);
  return text
    .split(',')
    .map(entry => entry.trim())
    .filter(entry => entry !== '');
}

function jsonList(text: string): Json[] {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? (list as Json[]) : [{}];
  } catch {
    return [{}];
  }
}
