/** Paths of the record in words: `addresses/<id>/address/city` is “City of address ‘Home’”. */
import type { Language } from '../i18n/texts.ts';
import { asObject, asOwner, capitalised, quoted } from './grammar.ts';
import { NAMELESS, type Names } from './names.ts';
import { fieldNoun, isList, itemNoun, type ListName, listNoun, type Noun, otherNoun } from './nouns.ts';

export interface Item {
  readonly list: ListName;
  readonly id: string;
}

/** What a path means. */
export interface Place {
  /** Around the field, outermost first. */
  readonly items: readonly Item[];
  /** What is meant there; absent for the item itself. */
  readonly target?:
    | { readonly kind: 'field'; readonly name: string; readonly below: readonly string[] }
    | { readonly kind: 'customField'; readonly name: string }
    | { readonly kind: 'order'; readonly list: ListName }
    | { readonly kind: 'wording'; readonly dialect: string; readonly field: string };
}

/** As RFC 6901 §3 writes a name that holds a slash. */
const unescaped = (segment: string): string => segment.replaceAll('~1', '/').replaceAll('~0', '~');

export function placeOf(path: string): Place {
  const segments = path.split('/').map(unescaped);
  const items: Item[] = [];
  let at = 0;
  while (at < segments.length - 1 && isList(segments[at]!) && listsIn(items).includes(segments[at]!)) {
    const list = segments[at] as ListName;
    const id = segments[at + 1]!;
    if (id === 'order' && at + 2 === segments.length) return { items, target: { kind: 'order', list } };
    items.push({ list, id });
    at += 2;
    // An address is wrapped into the link that one customer has to it.
    if (list === 'addresses' && segments[at] === 'address' && at + 1 < segments.length) at += 1;
  }
  const [name, ...below] = segments.slice(at);
  if (name === undefined) return { items };
  if (name === 'phrasings') {
    return { items, target: { kind: 'wording', dialect: below[0] ?? '', field: below.slice(1).join(' › ') } };
  }
  if (name === 'customFields' && below.length > 0 && items.length === 0) {
    return { items, target: { kind: 'customField', name: below.join(' › ') } };
  }
  return { items, target: { kind: 'field', name, below } };
}

/** Lists are in the customer, and in representatives. */
const listsIn = (items: readonly Item[]): readonly string[] => {
  const last = items.at(-1)?.list;
  if (last === undefined) {
    return [
      'contactPoints',
      'addresses',
      'identityDocuments',
      'representatives',
      'employees',
      'orders',
      'subscriptions',
    ];
  }
  return last === 'representatives' ? ['contactPoints', 'addresses', 'identityDocuments'] : [];
};

export interface Words {
  readonly language: Language;
  readonly names: Names;
  /** The name of an API as people know it. */
  dialect(name: string): string;
}

export const plainWords = (language: Language): Words => ({
  language,
  names: NAMELESS,
  dialect: name => name,
});

/** For tables and lists: `City of address “Home”`. */
export const pathLabel = (path: string, words: Words): string =>
  capitalised(phrase(placeOf(path), words, true));

/** The same in two pieces, so that several fields of one item can be told together: `the city`, `of the address “Home”`. */
export function pathPieces(path: string, words: Words): { readonly head: string; readonly owner: string } {
  const whole = pathObject(path, words);
  const { items, target } = placeOf(path);
  const owner = items
    .toReversed()
    .map(item => ownedBy(item, words, false))
    .join(' ');
  const isOwned = target !== undefined && owner !== '' && whole.endsWith(` ${owner}`);
  return isOwned ? { head: whole.slice(0, -owner.length - 1), owner } : { head: whole, owner: '' };
}

/** Below the name of its item, such as `addresses/<id>`, a field needs no owner: `City`. */
export function fieldLabel(path: string, item: string, words: Words): string {
  const { items, target } = placeOf(path);
  const above = item.split('/').length / 2;
  if (!target || items.length < above) return pathLabel(path, words);
  const head = targetPhrase(target, items, words, noun => noun.word);
  const owners = items.slice(above).toReversed();
  return capitalised([head, ...owners.map(owner => ownedBy(owner, words, true))].join(' '));
}

/** Within a sentence: `the city of the address “Home”`. */
export const pathObject = (path: string, words: Words): string => phrase(placeOf(path), words, false);

function phrase({ items, target: exact }: Place, words: Words, isLabel: boolean): string {
  // The text of a contact point is what it is: nobody says “the text of the e-mail”.
  const isItself =
    exact?.kind === 'field' && exact.name === 'value' && items.at(-1)?.list === 'contactPoints';
  const target = isItself && exact.below.length === 0 ? undefined : exact;
  const owners = items.toReversed();
  const { language } = words;
  const head = (noun: Noun): string => (isLabel ? noun.word : asObject(noun, language));
  const owned = (item: Item): string => ownedBy(item, words, isLabel);
  if (target === undefined) {
    const [own, ...others] = owners;
    if (own === undefined) return head(otherNoun('customer', language));
    return [named(head(itemNounOf(own, words)), own, words), ...others.map(owned)].join(' ');
  }
  return [targetPhrase(target, items, words, head), ...owners.map(owned)].join(' ');
}

const ownedBy = (item: Item, words: Words, isLabel: boolean): string =>
  named(asOwner(itemNounOf(item, words), words.language, isLabel), item, words);

function targetPhrase(
  target: NonNullable<Place['target']>,
  items: readonly Item[],
  words: Words,
  head: (noun: Noun) => string,
): string {
  const { language } = words;
  if (target.kind === 'customField') {
    return `${head(otherNoun('customField', language))} ${quoted(target.name, language)}`;
  }
  if (target.kind === 'order') {
    return `${head(otherNoun('order', language))} ${asOwner(listNoun(target.list, language), language, false)}`;
  }
  if (target.kind === 'wording') return wordingPhrase(target, words, head);
  const noun = fieldNoun(items.at(-1)?.list ?? 'customer', target.name, language);
  if (!noun)
    return `${head(otherNoun('unknown', language))} ${quoted(readable([target.name, ...target.below]), language)}`;
  return target.below.length === 0 ? head(noun) : `${head(noun)} ${quoted(readable(target.below), language)}`;
}

function wordingPhrase(
  { dialect, field }: { readonly dialect: string; readonly field: string },
  words: Words,
  head: (noun: Noun) => string,
): string {
  const { language } = words;
  const noun = head(otherNoun('wording', language));
  const system = words.dialect(dialect);
  const of = { en: `of ${system}`, de: `von ${system}`, pt: `de ${system}` }[language];
  if (field === '') return `${noun} ${of}`;
  const what = quoted(readable([field]), language);
  return `${noun} ${of} ${{ en: `for ${what}`, de: `für ${what}`, pt: `para ${what}` }[language]}`;
}

/** `fooBar` and `foo_bar` are “foo bar”. */
const readable = (segments: readonly string[]): string =>
  segments
    .map(segment =>
      segment
        .replaceAll('_', ' ')
        .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
        .toLocaleLowerCase(),
    )
    .join(' › ');

const itemNounOf = ({ list, id }: Item, { names, language }: Words): Noun =>
  itemNoun(list, names(id).kind, language);

function named(noun: string, { list, id }: Item, { names, language }: Words): string {
  // The ids of orders and subscriptions are what people know them by.
  const name = list === 'orders' || list === 'subscriptions' ? id : names(id).name;
  return name === undefined ? noun : `${noun} ${quoted(name, language)}`;
}
