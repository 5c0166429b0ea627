/**
 * The check digit that CPF and CNPJ share: weights 2, 3, 4, … from the last character to the first,
 * starting over after `highestWeight`; the value of a character is its ASCII code minus 48; a remainder
 * of 0 or 1 gives the digit 0, any other gives 11 minus it.
 */
export const modulo11CheckDigit = (characters: string, highestWeight: 9 | 11): string => {
  let sum = 0;
  let weight = 2;
  for (let position = characters.length - 1; position >= 0; position -= 1) {
    sum += (characters.charCodeAt(position) - 48) * weight;
    weight = weight === highestWeight ? 2 : weight + 1;
  }
  const remainder = sum % 11;
  return remainder < 2 ? '0' : String(11 - remainder);
};
