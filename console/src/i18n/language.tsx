/** The language of the person: kept in the browser, the browser's own at first. */
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { type Format, formatIn } from './format.ts';
import { LANGUAGES, type Language, type Texts } from './texts.ts';

const KEY = 'concord.language';

interface LanguageState {
  readonly language: Language;
  readonly format: Format;
  choose(language: Language): void;
}

const LanguageContext = createContext<LanguageState | undefined>(undefined);

const isLanguage = (value: string | null | undefined): value is Language =>
  LANGUAGES.includes(value as Language);

/** Kept, or the first of the browser's that there are texts in. */
function firstLanguage(): Language {
  const kept = localStorage.getItem(KEY);
  if (isLanguage(kept)) return kept;
  return navigator.languages.map(tag => tag.slice(0, 2)).find(isLanguage) ?? 'en';
}

/** Dates and numbers follow the browser's region where it is one of the language's: `en-GB`, `pt-BR`. */
const localeOf = (language: Language): string =>
  navigator.languages.find(tag => tag.startsWith(language)) ??
  { en: 'en-GB', de: 'de-DE', pt: 'pt-PT' }[language];

export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState(firstLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const state = useMemo<LanguageState>(
    () => ({
      language,
      format: formatIn(language, localeOf(language)),
      choose: chosen => {
        localStorage.setItem(KEY, chosen);
        setLanguage(chosen);
      },
    }),
    [language],
  );
  return <LanguageContext value={state}>{children}</LanguageContext>;
}

export function useLanguage(): LanguageState {
  const state = useContext(LanguageContext);
  if (!state) throw new Error('LanguageProvider is missing');
  return state;
}

/** The texts of a page in the person's language. */
export const useTexts = <Tree,>(texts: Texts<Tree>) => texts[useLanguage().language];

/** Dates, numbers and names of countries as the person's language writes them. */
export const useFormat = (): Format => useLanguage().format;
