/** A change as one sentence: “Maria changed the city of the address ‘Home’ through Lightening”. */
import type { Language } from '../i18n/texts.ts';
import type { ListName } from './nouns.ts';
import { type Item, type Place, pathObject, pathPieces, placeOf, type Words } from './path-words.ts';

export interface ToldChange {
  readonly actor: string;
  readonly dialect: string;
  readonly event: string | null;
  readonly erased: boolean;
  readonly fields: readonly { readonly path: string; readonly before: unknown; readonly after: unknown }[];
}

/** A piece of a sentence; who and through what stand out. */
export interface Part {
  readonly text: string;
  readonly is: 'text' | 'actor' | 'dialect';
}

/** Objects that one sentence names; the others are counted. */
const OBJECTS_MAXIMUM = 3;

/** Concord's own API, which needs no “through”. */
const OWN_DIALECT = 'concord';
const ERASURE = 'CUSTOMER__ERASED';

/** What follows from other fields or only systems need: it is told only where there is nothing else. */
const QUIET = new Set(['rank', 'number', 'e164', 'houseNumber', 'id', 'version', 'createdAt', 'updatedAt']);

/** Whether the field is one that people seldom ask for. */
export const isTechnical = (path: string): boolean => isQuiet(placeOf(path));

type Verb = 'create' | 'remove-customer' | 'erase' | 'archive' | 'restore' | 'main' | ItemVerb;
type ItemVerb = 'add' | 'remove' | 'set' | 'clear' | 'change';

interface Deed {
  readonly verb: Verb;
  readonly objects: readonly Thing[];
}

interface Thing {
  readonly head: string;
  readonly owner: string;
}

export const isWording = (path: string): boolean => placeOf(path).target?.kind === 'wording';

export function sentenceOf(change: ToldChange, words: Words): readonly Part[] {
  const { language } = words;
  const through = change.dialect === OWN_DIALECT ? undefined : words.dialect(change.dialect);
  const deeds = deedsOf(change, words).map(deed => told(deed, language));
  const list = listed(deeds, language);
  const actor = { text: change.actor, is: 'actor' as const };
  if (through === undefined) {
    return [actor, text(language === 'de' ? ` hat ${list}` : ` ${list}`)];
  }
  const dialect = { text: through, is: 'dialect' as const };
  if (language === 'de') return [actor, text(' hat über '), dialect, text(` ${list}`)];
  const by = language === 'pt' ? ' através de ' : ' through ';
  return [actor, text(` ${list}${by}`), dialect];
}

/** For titles and for those who listen. */
export const plainSentence = (change: ToldChange, words: Words): string =>
  sentenceOf(change, words)
    .map(part => part.text)
    .join('');

const text = (value: string): Part => ({ text: value, is: 'text' });

function deedsOf(change: ToldChange, words: Words): readonly Deed[] {
  if (change.event === ERASURE) return [{ verb: 'erase', objects: [] }];
  const own = change.fields.find(field => field.path === 'id');
  if (own && isNothing(own.before)) {
    // An erased change keeps its paths, and no values that would tell a creation from a removal.
    if (!isNothing(own.after) || change.erased) return [{ verb: 'create', objects: [] }];
  } else if (own) return [{ verb: 'remove-customer', objects: [] }];
  const deeds = limited(group(statementsOf(change, words)), words.language);
  return deeds.length > 0 ? deeds : [{ verb: 'change', objects: [thing(nothingIn(words.language))] }];
}

const isNothing = (value: unknown): boolean => value === null || value === undefined;

interface Statement {
  readonly verb: Verb;
  readonly object?: string;
  /** What the object belongs to, where several may be told at once. */
  readonly owner?: string;
}

function statementsOf({ fields, erased }: ToldChange, words: Words): Statement[] {
  const places = fields.map(field => ({ ...field, place: placeOf(field.path) }));
  const whole = new Map<string, ItemVerb>();
  for (const { place, before, after } of places) {
    if (!isIdOfItem(place) || erased) continue;
    whole.set(keyOf(place.items), isNothing(before) ? 'add' : isNothing(after) ? 'remove' : 'change');
  }
  const statements: Statement[] = [];
  const quiet: Statement[] = [];
  const wordings = new Set<string>();
  const gainsMain = places.some(({ place, after }) => isMain(place) && after === true);
  for (const { path, place, before, after } of places) {
    const around = [...place.items.keys()]
      .map(at => keyOf(place.items.slice(0, at + 1)))
      .find(key => whole.has(key));
    if (around !== undefined) {
      if (isIdOfItem(place) && around === keyOf(place.items)) {
        statements.push({ verb: whole.get(around)!, object: pathObject(around, words) });
      } else if (isMain(place) && after === true && words.names(place.items[0]!.id).name !== undefined) {
        quiet.push({ verb: 'main', object: mainObject(place.items[0]!, words) });
      }
    } else if (place.target?.kind === 'wording') wordings.add(place.target.dialect);
    else if (isMain(place) && gainsMain && !erased) {
      if (after === true) statements.push({ verb: 'main', object: mainObject(place.items[0]!, words) });
    } else if (path === 'archivedAt' && !isNothing(after)) statements.push({ verb: 'archive' });
    else if (path === 'restoredAt' && !isNothing(after)) statements.push({ verb: 'restore' });
    else {
      const verb = erased ? 'change' : isNothing(before) ? 'set' : isNothing(after) ? 'clear' : 'change';
      const { head, owner } = pathPieces(path, words);
      (isQuiet(place) ? quiet : statements).push({ verb, object: head, owner });
    }
  }
  if (statements.length > 0) return statements;
  if (quiet.length > 0) return quiet;
  return [...wordings].map(dialect => ({
    verb: 'change' as const,
    object: pathObject(`phrasings/${dialect}`, words),
  }));
}

const keyOf = (items: readonly Item[]): string => items.map(({ list, id }) => `${list}/${id}`).join('/');

/** The field that tells whether the item is there. */
function isIdOfItem({ items, target }: Place): boolean {
  const list = items.at(-1)?.list;
  if (list === undefined || target?.kind !== 'field' || target.below.length > 0) return false;
  return target.name === (list === 'employees' ? 'customerId' : 'id');
}

const isMain = ({ items, target }: Place): boolean =>
  items.length === 1 && items[0]!.list === 'addresses' && target?.kind === 'field' && target.name === 'main';

const isQuiet = ({ target }: Place): boolean =>
  target?.kind === 'order' || (target?.kind === 'field' && QUIET.has(target.name));

/** `“Home”`, or what it is where it has no name. */
const mainObject = ({ list, id }: Item, words: Words): string =>
  pathObject(`${list satisfies ListName}/${id}`, words);

/** Deeds of one kind together, in the order in which they are told. */
function group(statements: readonly Statement[]): Deed[] {
  const byVerb = new Map<Verb, Thing[]>();
  for (const verb of ORDER) byVerb.set(verb, []);
  const seen = new Set<Verb>();
  for (const { verb, object, owner = '' } of statements) {
    seen.add(verb);
    const things = byVerb.get(verb)!;
    const isNew = !things.some(told => told.head === object && told.owner === owner);
    if (object !== undefined && isNew) things.push({ head: object, owner });
  }
  return ORDER.filter(verb => seen.has(verb)).map(verb => ({ verb, objects: byVerb.get(verb)! }));
}

const ORDER: readonly Verb[] = [
  ...(['create', 'remove-customer', 'erase', 'archive', 'restore'] as const),
  ...(['add', 'remove', 'change', 'set', 'clear', 'main'] as const),
];

/** The first few objects; the others are a number. */
function limited(deeds: readonly Deed[], language: Language): Deed[] {
  const total = deeds.reduce((sum, { objects }) => sum + objects.length, 0);
  // “and one more” is longer than the one.
  if (total <= OBJECTS_MAXIMUM + 1) return [...deeds];
  let room = OBJECTS_MAXIMUM;
  const shown = deeds.flatMap(({ verb, objects }): Deed[] => {
    const taken = objects.slice(0, room);
    room -= taken.length;
    return taken.length > 0 || objects.length === 0 ? [{ verb, objects: taken }] : [];
  });
  const more = { verb: 'change' as const, objects: [thing(moreThings(total - OBJECTS_MAXIMUM, language))] };
  const last = shown.at(-1);
  return last?.verb === 'change'
    ? [...shown.slice(0, -1), { verb: 'change', objects: [...last.objects, ...more.objects] }]
    : [...shown, more];
}

const thing = (head: string): Thing => ({ head, owner: '' });

const moreThings = (count: number, language: Language): string =>
  ({ en: `${count} more fields`, de: `${count} weitere Felder`, pt: `mais ${count} campos` })[language];

const nothingIn = (language: Language): string =>
  ({ en: 'nothing visible', de: 'nichts Sichtbares', pt: 'nada visível' })[language];

type Telling = (objects: string) => string;

const VERBS: Readonly<Record<Language, Readonly<Record<Verb, Telling>>>> = {
  en: {
    create: () => 'created the customer',
    'remove-customer': () => 'deleted the customer',
    erase: () => 'erased the customer’s data',
    archive: () => 'archived the customer',
    restore: () => 'restored the customer',
    add: objects => `added ${objects}`,
    remove: objects => `removed ${objects}`,
    change: objects => `changed ${objects}`,
    set: objects => `filled in ${objects}`,
    clear: objects => `cleared ${objects}`,
    main: objects => `made ${objects} the main address`,
  },
  de: {
    create: () => 'den Kunden angelegt',
    'remove-customer': () => 'den Kunden gelöscht',
    erase: () => 'die Daten des Kunden gelöscht',
    archive: () => 'den Kunden archiviert',
    restore: () => 'den Kunden wiederhergestellt',
    add: objects => `${objects} hinzugefügt`,
    remove: objects => `${objects} entfernt`,
    change: objects => `${objects} geändert`,
    set: objects => `${objects} eingetragen`,
    clear: objects => `${objects} geleert`,
    main: objects => `${objects} zur Hauptadresse gemacht`,
  },
  pt: {
    create: () => 'criou o cliente',
    'remove-customer': () => 'eliminou o cliente',
    erase: () => 'apagou os dados do cliente',
    archive: () => 'arquivou o cliente',
    restore: () => 'restaurou o cliente',
    add: objects => `adicionou ${objects}`,
    remove: objects => `removeu ${objects}`,
    change: objects => `alterou ${objects}`,
    set: objects => `preencheu ${objects}`,
    clear: objects => `esvaziou ${objects}`,
    main: objects => `tornou ${objects} a morada principal`,
  },
};

const told = ({ verb, objects }: Deed, language: Language): string =>
  VERBS[language][verb](phrased(objects, language));

/** Fields of one item together: “the street and the city of the address ‘Home’”. */
function phrased(objects: readonly Thing[], language: Language): string {
  const byOwner = Map.groupBy(objects, ({ owner }) => owner);
  return listed(
    [...byOwner].flatMap(([owner, things]) => {
      const heads = things.map(({ head }) => head);
      return owner === '' ? heads : [`${listed(heads, language)} ${owner}`];
    }),
    language,
  );
}

/** British English has no comma before the last. */
const listed = (items: readonly string[], language: Language): string =>
  new Intl.ListFormat(language === 'en' ? 'en-GB' : language).format(items);
