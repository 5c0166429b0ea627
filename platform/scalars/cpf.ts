import { modulo11CheckDigit } from './modulo-11';

const shape = /^(\d{3})\.?(\d{3})\.?(\d{3})-?(\d{2})$/;
const oneDigitRepeated = /^(\d)\1*$/;

/** The two check digits that belong after the first nine digits of a CPF. */
export const cpfCheckDigits = (base: string): string => {
  const first = modulo11CheckDigit(base, 11);
  return first + modulo11CheckDigit(base + first, 11);
};

/**
 * The 11 digits of a CPF written with or without its punctuation, or null when it is none. The same
 * digit eleven times satisfies the check digits and is never issued: it is refused.
 */
export const normalizeCpf = (text: string): string | null => {
  const cpf = shape.exec(text.trim())?.slice(1).join('');
  if (!cpf || oneDigitRepeated.test(cpf)) return null;
  return cpf.slice(9) === cpfCheckDigits(cpf.slice(0, 9)) ? cpf : null;
};

/** A normalised CPF as people write it: `529.982.247-25`. */
export const formatCpf = (cpf: string): string => cpf.replace(shape, '$1.$2.$3-$4');
