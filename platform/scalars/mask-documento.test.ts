import fc from 'fast-check';
import { Documento } from '.';
import { cnpjCheckDigits } from './cnpj';
import { cpfCheckDigits } from './cpf';
import { isMaskedDocumento, maskDocumento } from './mask-documento';
import { nonsense } from './text-arbitraries';

const charOf = (alphabet: string) => fc.constantFrom(...alphabet);
const digits = '0123456789';
const baseOf = (alphabet: string, length: number) =>
  fc
    .array(charOf(alphabet), { minLength: length, maxLength: length })
    .map((chars) => chars.join(''))
    .filter((base) => new Set(base).size > 1);
const cpfs = baseOf(digits, 9).map((base) => base + cpfCheckDigits(base));
const cnpjs = baseOf(`${digits}ABCDEFGHIJKLMNOPQRSTUVWXYZ`, 12).map((base) => base + cnpjCheckDigits(base));

test.each([
  ['12345678909', '***.456.789-**'],
  ['12ABC34501DE35', '**.ABC.345/****-**'],
])('of %s may be seen %s', (documento, masked) => {
  expect(maskDocumento(documento)).toBe(masked);
});

test('a masked document leaves the graph, and never enters it', () => {
  fc.assert(
    fc.property(fc.oneof(cpfs, cnpjs), (documento) => {
      const masked = maskDocumento(documento);
      expect(isMaskedDocumento(masked)).toBe(true);
      expect(masked.replace(/[^0-9A-Z]/g, '')).toHaveLength(6);
      expect(Documento.serialize(documento)).toBe(documento);
      expect(Documento.serialize(masked)).toBe(masked);
      expect(() => Documento.parseValue(masked)).toThrow();
    }),
  );
});

test.each([...nonsense, '***.***.***-**', '***.456.789-**0', '***.ABC.345-**', '**.abc.345/****-**'])(
  'nothing else passes for one (%#)',
  (text) => {
    expect(isMaskedDocumento(String(text))).toBe(false);
    expect(() => Documento.serialize(text)).toThrow();
  },
);
