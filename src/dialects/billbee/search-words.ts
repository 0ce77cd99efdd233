/** Words: what texts and terms are compared by, without regard to case (billbee.md §6 [docs: csharp-sdk]). */

/** Letters with their marks, and digits; whatever else stands between words. */
const WORD = /[\p{L}\p{M}\p{N}]+/gu;

export const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(WORD) ?? [];
