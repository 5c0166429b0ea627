import fc from 'fast-check';
import { type Dinheiro, dividir, formatarDinheiro, somar } from './dinheiro';
import { Moeda } from './moeda';

const moedas = fc.constantFrom(...Object.values(Moeda));
const centavosDe = (valores: readonly Dinheiro[]) => valores.map(({ centavos }) => centavos);
const total = (valores: readonly Dinheiro[]) =>
  centavosDe(valores).reduce((sum, centavos) => sum + centavos, 0n);
const absolute = (value: bigint) => (value < 0n ? -value : value);

describe('formatarDinheiro', () => {
  test.each([
    [0n, 'BRL', 'R$\u00a00,00'],
    [5n, 'BRL', 'R$\u00a00,05'],
    [-5n, 'BRL', '-R$\u00a00,05'],
    [123456n, 'BRL', 'R$\u00a01.234,56'],
    [1990n, 'USD', 'US$\u00a019,90'],
    [1990n, 'EUR', '€\u00a019,90'],
    [9007199254740991n, 'BRL', 'R$\u00a090.071.992.547.409,91'],
    [-9007199254740991n, 'BRL', '-R$\u00a090.071.992.547.409,91'],
    [1234567890123456789012345n, 'BRL', 'R$\u00a012.345.678.901.234.567.890.123,45'],
  ] as const)('%d of %s is %s', (centavos, moeda, text) => {
    expect(formatarDinheiro({ centavos, moeda })).toBe(text);
  });

  test('every digit of an amount of any size is written', () => {
    fc.assert(
      fc.property(fc.bigInt(), moedas, (centavos, moeda) => {
        const text = formatarDinheiro({ centavos, moeda });
        expect(text).toMatch(/,\d\d$/);
        expect(BigInt(text.replace(/[^\d-]/g, ''))).toBe(centavos);
      }),
    );
  });
});

test.each(Object.values(Moeda))('%s has hundredths, which is what centavos counts', (currency) => {
  const { maximumFractionDigits } = new Intl.NumberFormat('pt-BR', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  expect(maximumFractionDigits).toBe(2);
});

describe('somar', () => {
  test('adds up each currency on its own', () => {
    expect(
      somar([
        { centavos: 1n, moeda: 'BRL' },
        { centavos: 5n, moeda: 'USD' },
        { centavos: -3n, moeda: 'BRL' },
      ]),
    ).toEqual([
      { centavos: -2n, moeda: 'BRL' },
      { centavos: 5n, moeda: 'USD' },
    ]);
  });

  test('has no total of nothing', () => {
    expect(somar([])).toEqual([]);
  });

  test('conserves the total of every currency, in any order, beyond what a JSON number holds', () => {
    const valores = fc.array(fc.record({ centavos: fc.bigInt(), moeda: moedas }));
    fc.assert(
      fc.property(valores, (valores) => {
        const totals = somar(valores);
        expect(new Set(totals.map(({ moeda }) => moeda)).size).toBe(totals.length);
        for (const { centavos, moeda } of totals) {
          expect(centavos).toBe(total(valores.filter((valor) => valor.moeda === moeda)));
        }
        expect(somar([...valores].reverse())).toEqual(expect.arrayContaining(totals));
      }),
    );
  });
});

describe('dividir', () => {
  test.each([
    [100n, 3, [34n, 33n, 33n]],
    [200n, 3, [66n, 67n, 67n]],
    [-100n, 3, [-34n, -33n, -33n]],
    [1000n, 1, [1000n]],
    [0n, 2, [0n, 0n]],
    // Ties go to the even quotient: 2.5 to 2, 3.5 to 4.
    [5n, 2, [3n, 2n]],
    [7n, 2, [3n, 4n]],
    [-5n, 2, [-3n, -2n]],
    [-7n, 2, [-3n, -4n]],
    // 5 / 8 rounds to 1, which would leave -2 to the first.
    [5n, 8, [5n, 0n, 0n, 0n, 0n, 0n, 0n, 0n]],
    [9007199254740991n, 2, [4503599627370495n, 4503599627370496n]],
  ])('%d in %d is %p', (centavos, partes, expected) => {
    expect(centavosDe(dividir({ centavos, moeda: 'BRL' }, partes))).toEqual(expected);
  });

  test('conserves the total and the currency, with all parts but the first alike and none of the other sign', () => {
    fc.assert(
      fc.property(fc.bigInt(), moedas, fc.integer({ min: 1, max: 480 }), (centavos, moeda, partes) => {
        const parts = dividir({ centavos, moeda }, partes);
        const [, second, ...others] = centavosDe(parts);
        expect(parts).toHaveLength(partes);
        expect(total(parts)).toBe(centavos);
        expect(parts.every((part) => part.moeda === moeda && part.centavos * centavos >= 0n)).toBe(true);
        expect(others.every((other) => other === second)).toBe(true);
      }),
    );
  });

  test('each part but the first is the nearest integer, the even one of two, unless the total is tiny', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.integer({ min: 2, max: 480 }), (centavos, partes) => {
        const count = BigInt(partes);
        fc.pre(absolute(centavos) >= count * count);
        const part = dividir({ centavos, moeda: 'BRL' }, partes)[1]!.centavos;
        const twiceError = 2n * absolute(part * count - centavos);
        expect(twiceError < count || (twiceError === count && part % 2n === 0n)).toBe(true);
      }),
    );
  });

  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('%d parts make no sense', (partes) => {
    expect(() => dividir({ centavos: 100n, moeda: 'BRL' }, partes)).toThrow(RangeError);
  });
});
