import fc from 'fast-check';
import examples from 'libphonenumber-js/examples.mobile.json';
import { getCountries, getExampleNumber } from 'libphonenumber-js/max';
import { isE164, normalizeTelefone } from './telefone';
import { digits, nonsense } from './text-arbitraries';

test.each([
  ['(11) 98765-4321', '+5511987654321'],
  ['11987654321', '+5511987654321'],
  ['+55 11 98765-4321', '+5511987654321'],
  ['(+55) 11 98765-4321', '+5511987654321'],
  ['5511987654321', '+5511987654321'],
  ['011 98765-4321', '+5511987654321'],
  ['0 15 11 98765-4321', '+5511987654321'],
  ['11\u00a098765.4321', '+5511987654321'],
  // Without the ninth digit.
  ['(11) 8765-4321', '+5511987654321'],
  ['551187654321', '+5511987654321'],
  ['+551187654321', '+5511987654321'],
  ['(11) 6765-4321', '+5511967654321'],
  // DDD 55, which is also the country code.
  ['(55) 98765-4321', '+5555987654321'],
  ['(55) 8765-4321', '+5555987654321'],
  // Fixed lines and services keep their length.
  ['(11) 3765-4321', '+551137654321'],
  ['0800 123 4567', '+558001234567'],
  ['4004-1234', '+5540041234'],
  ['+1 212 555 2368', '+12125552368'],
  ['+351 912 345 678', '+351912345678'],
])('%s is %s', (text, telefone) => {
  expect(normalizeTelefone(text)).toBe(telefone);
});

const ddds = fc.constantFrom('11', '21', '31', '41', '51', '55', '61', '71', '81', '85', '91', '99');
const oldNumbers = fc
  .tuple(fc.constantFrom('6', '7', '8', '9'), digits(7))
  .map(([first, others]) => first + others);

test('a Brazilian mobile number is the same with and without its ninth digit, however it is written', () => {
  const written = [
    (ddd: string, number: string) => ddd + number,
    (ddd: string, number: string) => `(${ddd}) ${number.slice(0, -4)}-${number.slice(-4)}`,
    (ddd: string, number: string) => `0${ddd} ${number}`,
    (ddd: string, number: string) => `55${ddd}${number}`,
    (ddd: string, number: string) => `+55 ${ddd} ${number}`,
  ];
  fc.assert(
    fc.property(ddds, oldNumbers, (ddd, number) => {
      for (const write of written) {
        expect(normalizeTelefone(write(ddd, number))).toBe(`+55${ddd}9${number}`);
        expect(normalizeTelefone(write(ddd, `9${number}`))).toBe(`+55${ddd}9${number}`);
      }
    }),
  );
});

test.each(getCountries())('a mobile number of %s normalises to itself', (country) => {
  const number = getExampleNumber(country, examples)?.number;
  expect(normalizeTelefone(number ?? '')).toBe(number);
});

test.each([
  ...nonsense,
  '98765-4321',
  '(10) 98765-4321',
  '(11) 98765-43210',
  '(11) 98765-4321 ramal 12',
  '(11) 98765-4321;ext=12',
  '0xx11987654321',
  '+5511',
  '+0',
  '+999 12345678',
  '11+987654321',
  '0055 11 98765-4321',
  '190',
  '((((((((((',
  '+++++++++++',
  '+1 800 FLOWERS',
  '（11）98765-4321',
  '(11) ９８７６５-4321',
  '(11) ٩٨٧٦٥-٤٣٢١',
  'tel:+5511987654321',
])('nonsense is refused (%#)', (text) => {
  expect(normalizeTelefone(text)).toBeNull();
});

test('what is accepted of arbitrary text is E.164 and normalises to itself', () => {
  const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^\+?[\d ().-]{8,17}$/));
  fc.assert(
    fc.property(texts, (text) => {
      const telefone = normalizeTelefone(text);
      if (telefone === null) return;
      expect(isE164(telefone)).toBe(true);
      expect(normalizeTelefone(telefone)).toBe(telefone);
    }),
    { numRuns: 2_000 },
  );
});

test.each(['5511987654321', '+0511987654321', '+55 11987654321', '+1234567890123456', '', '+'])(
  '%s has not the form of E.164',
  (text) => {
    expect(isE164(text)).toBe(false);
  },
);
