import { isStorable } from '../text';

const maxBytes = 64 * 1024;
const maxDepth = 10;

/** How many significant digits survive the way through a double, whichever they are. */
const exactDigits = 15;

/** Whether a number, as it was written, is kept and answered as the same number. */
export const isExact = (text: string): boolean => {
  const value = Number(text);
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return false;
  if (/^-?\d+$/.test(text)) return true;
  const digits = text.replace(/e.*$/i, '').replace(/\D/g, '').replace(/^0+/, '');
  return Number.isFinite(value) && digits.length <= exactDigits && (value !== 0 || digits === '');
};

export const inexactNumber =
  'Use números inteiros de até 9007199254740991, ou com até 15 algarismos: outros não seriam guardados com exatidão.';

const problemWithin = (value: unknown, levels: number): string | null => {
  if (typeof value === 'string')
    return isStorable(value) ? null : 'Remova os caracteres inválidos dos textos.';
  if (typeof value === 'number') return isExact(String(value)) ? null : inexactNumber;
  if (value === null || typeof value === 'boolean') return null;
  if (typeof value !== 'object') return 'Informe um valor JSON.';
  if (levels === 0) return `Aninhe objetos e listas em até ${maxDepth} níveis.`;
  for (const [key, inner] of Object.entries(value)) {
    const problem = isStorable(key)
      ? problemWithin(inner, levels - 1)
      : 'Remova os caracteres inválidos dos nomes dos campos.';
    if (problem) return problem;
  }
  return null;
};

/**
 * What keeps a JSON value from being stored and answered as it is: what to do about it, in Portuguese, with nothing
 * of the value; null when nothing does.
 */
export const problemOfJson = (value: unknown): string | null => {
  const problem = problemWithin(value, maxDepth);
  if (problem) return problem;
  return Buffer.byteLength(JSON.stringify(value)) > maxBytes
    ? `Use até ${maxBytes / 1024} kB, escritos sem espaços.`
    : null;
};
