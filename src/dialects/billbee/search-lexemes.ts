/** A search term in its smallest parts: words, operators and parentheses (billbee.md §6). */
import { wordsOf } from './search-words.ts';

/** Words that stand next to each other in one value; without any, whatever has a value. */
export interface Words {
  readonly words: readonly string[];
  /** The last word may go on. */
  readonly prefix: boolean;
  /** `null` for a value of any field. */
  readonly field: FieldName | null;
}

/** The fields of a row (§6). */
export const FIELDS = ['Id', 'Name', 'Addresses', 'Number'] as const;
export type FieldName = (typeof FIELDS)[number];

/** Whether something must (`+`), must not (`-`), or may be there. */
export type Sign = '+' | '-' | '';

export type Operator = 'AND' | 'OR' | 'NOT';

export type Lexeme = (Words & { readonly sign: Sign }) | { readonly opens: Sign } | Operator | ')';

const LEXEME =
  /(?<open>[+!-]?)\(|(?<close>\))|(?<sign>[+!-]?)(?:(?<name>[a-z]+):)?(?:"(?<phrase>(?:\\.|[^"\\])*)"?|(?<plain>(?:\\.|[^\s()"])+))(?<star>\*?)/gi;

const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ['AND', 'AND'],
  ['&&', 'AND'],
  ['OR', 'OR'],
  ['||', 'OR'],
  ['NOT', 'NOT'],
  ['!', 'NOT'],
]);

/** A star that is not itself escaped. */
const STAR = /(^|[^\\])\*$/;

/** How fuzzy, how far apart, how important: nothing here is any of these. */
const MODIFIER = /[~^][\d.]*$/;

/** From the left to the right; what has no word in it is left out. */
export function lexemesOf(term: string): readonly Lexeme[] {
  return [...term.matchAll(LEXEME)].flatMap((match): Lexeme[] => {
    const operator = OPERATORS.get(match[0]);
    if (operator) return [operator];
    const { open, close, sign = '', name = '', phrase, plain = '', star } = match.groups as Parts;
    if (open !== undefined) return [{ opens: signOf(open) }];
    if (close !== undefined) return [')'];
    const prefix = star === '*' || (phrase === undefined && STAR.test(plain));
    const words = wordsIn(name, phrase ?? plain, prefix);
    return words ? [{ ...words, sign: signOf(sign) }] : [];
  });
}

type Parts = {
  readonly [group in 'open' | 'close' | 'sign' | 'name' | 'phrase' | 'plain' | 'star']?: string;
};

const signOf = (text: string): Sign => (text === '+' || text === '' ? text : '-');

/** A field that rows do not have is a word like any other. */
function wordsIn(name: string, text: string, prefix: boolean): Words | undefined {
  const field = FIELDS.find(each => each.toLowerCase() === name.toLowerCase()) ?? null;
  const value = text.replace(MODIFIER, '');
  const words = wordsOf(field || name === '' ? value : `${name} ${value}`);
  return words.length > 0 || prefix ? { words, prefix, field } : undefined;
}
