/**
 * The language of search terms, as a tree: a part of Lucene's (billbee.md §6 [docs: swagger-2024]). Words, phrases in
 * quotation marks, `field:value`, a `*` at the end, AND, OR, NOT, `+`, `-`, and parentheses. The rest of the language,
 * such as `[a TO b]`, is matched as the words that are in it; `~` and `^` at the end of a word are left out.
 */
import { lexemesOf, type Sign, type Words } from './search-lexemes.ts';

export type Query =
  | Words
  | { readonly all: readonly Query[] }
  | { readonly any: readonly Query[] }
  | { readonly not: Query };

/** What joins the parts that nothing else joins. */
export type Joined = 'AND' | 'OR';

/** One part of a group. As in Lucene, what must and must not be there decides; the others matter among themselves. */
interface Clause {
  readonly sign: Sign;
  readonly query: Query;
}

/** `undefined` when there is no word in the term. */
export function parseTerm(term: string, joined: Joined): Query | undefined {
  const lexemes = lexemesOf(term);
  let at = 0;
  const ended = () => at >= lexemes.length || lexemes[at] === ')';
  const take = (lexeme: 'AND' | 'OR' | ')'): boolean => {
    const found = lexemes[at] === lexeme;
    if (found) at += 1;
    return found;
  };

  /** Up to the parenthesis that closes it. */
  function readGroup(): Query | undefined {
    const clauses: Clause[] = [];
    while (!ended()) {
      const clause = readConjunction();
      if (clause) clauses.push(clause);
      take('OR');
    }
    return groupOf(clauses);
  }

  function readConjunction(): Clause | undefined {
    const clauses: Clause[] = [];
    do {
      const clause = readClause();
      if (clause) clauses.push(clause);
    } while (take('AND') || (joined === 'AND' && !ended() && lexemes[at] !== 'OR'));
    if (clauses.length < 2) return clauses[0];
    return { sign: '', query: { all: clauses.map(withoutSign) } };
  }

  /** An operator that has nothing to join or to deny is left out. */
  function readClause(): Clause | undefined {
    if (ended()) return undefined;
    const lexeme = lexemes[at]!;
    at += 1;
    if (lexeme === 'NOT') {
      const clause = readClause();
      return clause && { sign: clause.sign === '-' ? '' : '-', query: clause.query };
    }
    if (typeof lexeme === 'string') return undefined;
    if ('opens' in lexeme) {
      const query = readGroup();
      take(')');
      return query && { sign: lexeme.opens, query };
    }
    const { sign, ...words } = lexeme;
    return { sign, query: words };
  }

  const groups: (Query | undefined)[] = [];
  // A parenthesis that closes nothing is left out.
  do groups.push(readGroup());
  while (take(')'));
  return together(
    'all',
    groups.filter(group => group !== undefined),
  );
}

function groupOf(clauses: readonly Clause[]): Query | undefined {
  const signed = (sign: Sign) => clauses.filter(clause => clause.sign === sign);
  const required = signed('+').map(withoutSign);
  const optional = required.length > 0 ? undefined : together('any', signed('').map(withoutSign));
  return together('all', [...required, ...(optional ? [optional] : []), ...signed('-').map(withoutSign)]);
}

const withoutSign = ({ sign, query }: Clause): Query => (sign === '-' ? { not: query } : query);

/** One of many is that one; none is nothing. */
function together(how: 'all' | 'any', queries: readonly Query[]): Query | undefined {
  if (queries.length < 2) return queries[0];
  return how === 'all' ? { all: queries } : { any: queries };
}
