import fc from 'fast-check';
import { normalizeCep } from './cep';
import { anyFormatting, digits, nonsense } from './text-arbitraries';

test('every formatting of a CEP normalises to its digits', () => {
  const formatted = digits(8)
    .filter((cep) => cep >= '01000000')
    .chain((cep) =>
      fc.tuple(fc.constant(cep), anyFormatting([cep.slice(0, 2), cep.slice(2, 5), cep.slice(5)], ['.', '-'])),
    );
  fc.assert(
    fc.property(formatted, ([cep, text]) => {
      expect(normalizeCep(text)).toBe(cep);
      expect(normalizeCep(cep)).toBe(cep);
    }),
  );
});

test.each([
  ...nonsense,
  '00000000',
  '00999999',
  '0131010',
  '013101000',
  '01310_100',
  '01310--100',
  'SW1A 1AA',
])('nonsense is refused (%#)', (text) => {
  expect(normalizeCep(text)).toBeNull();
});
