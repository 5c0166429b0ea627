import fc from 'fast-check';
import { cnpjCheckDigits, formatCnpj, normalizeCnpj } from './cnpj';
import { anyFormatting, digits, nonsense } from './text-arbitraries';

const alphabet = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const value = (character = '') => character.charCodeAt(0) - 48;

const withCheckDigits = (base: string) => base + cnpjCheckDigits(base);
const alphanumeric = fc
  .array(fc.constantFrom(...alphabet), { minLength: 12, maxLength: 12 })
  .map((characters) => withCheckDigits(characters.join('')));
const numeric = digits(12)
  .filter((base) => Number(base) > 0)
  .map(withCheckDigits);
const cnpjs = fc.oneof(alphanumeric, numeric);

const groupsOf = (cnpj: string) => [
  cnpj.slice(0, 2),
  cnpj.slice(2, 5),
  cnpj.slice(5, 8),
  cnpj.slice(8, 12),
  cnpj.slice(12),
];

const withCharacter = (cnpj: string, position: number, character: string) =>
  cnpj.slice(0, position) + character + cnpj.slice(position + 1);

test.each([
  // The example the Receita Federal published with the alphanumeric form.
  ['12.ABC.345/01DE-35', '12ABC34501DE35'],
  ['12abc34501de35', '12ABC34501DE35'],
  ['00.000.000/0001-91', '00000000000191'],
  ['33.000.167/0001-01', '33000167000101'],
  ['11222333000181', '11222333000181'],
])('%s is the CNPJ %s', (text, cnpj) => {
  expect(normalizeCnpj(text)).toBe(cnpj);
});

test('every formatting of a CNPJ, in either case, normalises to its characters', () => {
  const formatted = cnpjs.chain((cnpj) =>
    fc.tuple(fc.constant(cnpj), anyFormatting(groupsOf(cnpj), ['.', '.', '/', '-']), fc.boolean()),
  );
  fc.assert(
    fc.property(formatted, ([cnpj, text, lowerCase]) => {
      expect(normalizeCnpj(lowerCase ? text.toLowerCase() : text)).toBe(cnpj);
      expect(formatCnpj(cnpj)).toMatch(/^[0-9A-Z]{2}(\.[0-9A-Z]{3}){2}\/[0-9A-Z]{4}-\d\d$/);
      expect(normalizeCnpj(formatCnpj(cnpj))).toBe(cnpj);
    }),
  );
});

test.each(alphabet)('fourteen times %s is no CNPJ', (character) => {
  expect(normalizeCnpj(character.repeat(14))).toBeNull();
});

// Characters 11, 22 or 33 apart in value (6 and A, A and L, …) are one to the check digits; two different
// digits never are. Beyond that, remainders 0 and 1 give the same digit, which hides a change from both
// check digits only where the two weights are opposite modulo 11: 5 and 6, 9 and 2.
test('one changed character is noticed, but for another of equal value modulo 11, or in the first, fifth or ninth place when the first check digit is 0', () => {
  fc.assert(
    fc.property(cnpjs, fc.nat(13), fc.constantFrom(...alphabet), (cnpj, position, character) => {
      fc.pre(character !== cnpj[position]);
      const isCheckDigit = position >= 12;
      fc.pre(isCheckDigit || (value(character) - value(cnpj[position])) % 11 !== 0);
      fc.pre(!(cnpj[12] === '0' && [0, 4, 8].includes(position)));
      expect(normalizeCnpj(withCharacter(cnpj, position, character))).toBeNull();
    }),
    { numRuns: 2_000 },
  );
});

test('a character of equal value modulo 11 is never noticed', () => {
  fc.assert(
    fc.property(alphanumeric, fc.nat(11), fc.constantFrom(...alphabet), (cnpj, position, character) => {
      fc.pre((value(character) - value(cnpj[position])) % 11 === 0);
      const changed = withCharacter(cnpj, position, character);
      expect(normalizeCnpj(changed)).toBe(changed);
    }),
  );
});

test.each([
  ['44969590839700', '24969590839700'],
  ['44969590839700', '44963590839700'],
  ['44969590839700', '44969590639700'],
])('%s and %s differ in one digit and are both right', (one, other) => {
  expect(normalizeCnpj(one)).toBe(one);
  expect(normalizeCnpj(other)).toBe(other);
});

test.each([
  ...nonsense,
  '12ABC34501DE3',
  '12ABC34501DE355',
  '12ABC34501DE3X',
  '12ABC34501DEAB',
  '12.ABC.345-01DE/35',
  '12 ABC 345 01DE 35',
  '12ÁBC34501DE35',
  'ß2ABC34501DE35',
  '12ABC345\u017f1DE35',
])('nonsense is refused (%#)', (text) => {
  expect(normalizeCnpj(text)).toBeNull();
});

test('what is accepted of arbitrary text is fourteen ASCII characters, and normalises to itself', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[\dA-Za-z./-]{13,19}$/)),
      (text) => {
        const cnpj = normalizeCnpj(text);
        if (cnpj === null) return;
        expect(cnpj).toMatch(/^[0-9A-Z]{12}[0-9]{2}$/);
        expect(normalizeCnpj(cnpj)).toBe(cnpj);
      },
    ),
  );
});
