/** A change in one sentence, as the history of its customer says it. */
import { useLanguage } from '../../i18n/language.tsx';
import { useDialectTitle } from '../../shared/dialect.tsx';
import { namesOf } from '../../words/names.ts';
import { plainSentence, sentenceOf } from '../../words/sentence.ts';
import type { Change } from './entries.ts';
import classes from './page.module.css';

/** Concord's own API, of which a sentence does not say through what. */
export const OWN = 'concord';

/** @param record names the addresses and contact points that the change is about, where it is known. */
export function Sentence({ change, record }: { readonly change: Change; readonly record: unknown }) {
  const { language } = useLanguage();
  const words = { language, names: namesOf(record, [change]), dialect: useDialectTitle() };
  // Through which API it came is said beside the sentence.
  return sentenceOf({ ...change, dialect: OWN }, words).map((part, at) =>
    part.is === 'text' ? (
      part.text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence do not move.
      <strong key={at} className={classes.actor}>
        {part.text}
      </strong>
    ),
  );
}

/** The whole sentence for those who listen. */
export function usePlainSentence(): (change: Change) => string {
  const { language } = useLanguage();
  const dialect = useDialectTitle();
  return change => plainSentence(change, { language, names: namesOf(undefined, [change]), dialect });
}
