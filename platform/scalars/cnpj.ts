import { modulo11CheckDigit } from './modulo-11';

// Case-insensitive instead of upper-casing first, which would turn 'ß' into the two letters 'SS'.
const shape = /^([0-9A-Z]{2})\.?([0-9A-Z]{3})\.?([0-9A-Z]{3})\/?([0-9A-Z]{4})-?(\d{2})$/i;
const onlyZeros = /^0+$/;

/** The two check digits that belong after the first twelve characters (0-9, A-Z) of a CNPJ. */
export const cnpjCheckDigits = (base: string): string => {
  const first = modulo11CheckDigit(base, 9);
  return first + modulo11CheckDigit(base + first, 9);
};

/**
 * The 14 upper-case characters of a CNPJ, numeric or alphanumeric (Instrução Normativa RFB nº
 * 2.229/2024), written with or without its punctuation, or null when it is none. All zeros satisfy the
 * check digits and are never issued: they are refused.
 */
export const normalizeCnpj = (text: string): string | null => {
  const cnpj = shape.exec(text.trim())?.slice(1).join('').toUpperCase();
  if (!cnpj || onlyZeros.test(cnpj)) return null;
  return cnpj.slice(12) === cnpjCheckDigits(cnpj.slice(0, 12)) ? cnpj : null;
};

/** A normalised CNPJ as people write it: `12.ABC.345/01DE-35`. */
export const formatCnpj = (cnpj: string): string => cnpj.replace(shape, '$1.$2.$3/$4-$5');
