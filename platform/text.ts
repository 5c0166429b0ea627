/** PostgreSQL stores neither U+0000 nor half of a surrogate pair. */
export const isStorable = (text: string): boolean => !text.includes('\u0000') && text.isWellFormed();

/** The text tidied; null where there is nothing to read. */
export const tidyOrNull = (text?: string | null): string | null => tidy(text ?? '') || null;

const combiningMarks = /\p{M}+/gu;

/** The text without surrounding or repeated white space. */
export const tidy = (text: string): string => text.trim().replace(/\s+/g, ' ');

/** The text as it is compared and ordered: without accents and case (`João  Ávila` gives `joao avila`). */
export const fold = (text: string): string =>
  tidy(text.normalize('NFKD').replace(combiningMarks, '').toLowerCase());
