const shape = /^(\d{2})\.?(\d{3})-?(\d{3})$/;

/** The first CEP of the country: the range of São Paulo begins at 01000-000. */
const lowest = '01000000';

/** The 8 digits of a CEP written with or without its punctuation, or null when it is none. */
export const normalizeCep = (text: string): string | null => {
  const cep = shape.exec(text.trim())?.slice(1).join('');
  return cep && cep >= lowest ? cep : null;
};
