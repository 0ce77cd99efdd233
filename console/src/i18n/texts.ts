/** Texts of one page in every language. A text that a language lacks, or has too many, does not compile. */

export const LANGUAGES = ['en', 'de', 'pt'] as const;
export type Language = (typeof LANGUAGES)[number];

/** A text, or a function from values to a text. */
type Text = string | ((...values: never[]) => string);
export interface TextTree {
  readonly [name: string]: Text | TextTree;
}

type Same<Tree> = {
  readonly [Name in keyof Tree]: Tree[Name] extends string
    ? string
    : Tree[Name] extends (...values: infer Values) => string
      ? (...values: Values) => string
      : Same<Tree[Name]>;
};

export type Texts<Tree> = Readonly<Record<Language, Same<Tree>>>;

/** `en` gives the names; the others must have exactly the same. */
export const textsOf = <const Tree extends TextTree>(texts: {
  readonly en: Tree;
  readonly de: Same<NoInfer<Tree>>;
  readonly pt: Same<NoInfer<Tree>>;
}): Texts<Tree> => texts as unknown as Texts<Tree>;

/** `plural('de', 2, { one: 'Kunde', other: 'Kunden' })`: the word alone, without the number. */
export const plural = (language: Language, count: number, words: { one: string; other: string }): string =>
  new Intl.PluralRules(language).select(count) === 'one' ? words.one : words.other;
