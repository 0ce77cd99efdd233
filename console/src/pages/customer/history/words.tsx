/** The words for paths and changes, with the names that this customer's addresses and contact points have. */
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { useFormat } from '../../../i18n/language.tsx';
import { useDialectTitle } from '../../../shared/dialect.tsx';
import { namesOf, type ToldFields } from '../../../words/names.ts';
import { plainWords, type Words } from '../../../words/path-words.ts';
import { sentenceOf, type ToldChange } from '../../../words/sentence.ts';
import { valueWords } from '../../../words/value-words.ts';
import classes from './page.module.css';

const WordsContext = createContext<Words>(plainWords('en'));
export const useWords = (): Words => useContext(WordsContext);

export interface CustomerWordsProps {
  /** The record as it is now, as far as it is known. */
  readonly record: unknown;
  /** Newest first. */
  readonly changes: readonly ToldFields[];
  readonly children: ReactNode;
}

export function CustomerWords({ record, changes, children }: CustomerWordsProps) {
  const { language } = useFormat();
  const title = useDialectTitle();
  const names = useMemo(() => namesOf(record, changes), [record, changes]);
  const words: Words = {
    language,
    names,
    dialect: name => (name === 'concord' ? 'Concord' : title(name)),
  };
  return <WordsContext value={words}>{children}</WordsContext>;
}

/** `shown(path, value)`: a value as one reads it; `undefined` where there is nothing. */
export function useValueWords(): (path: string, value: unknown) => string | undefined {
  const format = useFormat();
  const { names } = useWords();
  return (path, value) => valueWords(path, value, format, names);
}

/** Who did what through which system. */
export function Sentence({ change }: { readonly change: ToldChange }) {
  const words = useWords();
  return (
    <>
      {sentenceOf(change, words).map((part, at) =>
        part.is === 'text' ? (
          part.text
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence do not move.
          <strong key={at} className={classes.actor}>
            {part.text}
          </strong>
        ),
      )}
    </>
  );
}
