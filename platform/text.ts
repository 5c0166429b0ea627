/** PostgreSQL stores neither U+0000 nor half of a surrogate pair. */
export const isStorable = (text: string): boolean => !text.includes('\u0000') && text.isWellFormed();

const combiningMarks = /\p{M}+/gu;

/** The text without surrounding or repeated white space. */
export const tidy = (text: string): string => text.trim().replace(/\s+/g, ' ');

/** The text as it is compared and ordered: without accents and case (`João  Ávila` gives `joao avila`). */
export const fold = (text: string): string =>
  tidy(text.normalize('NFKD').replace(combiningMarks, '').toLowerCase());
