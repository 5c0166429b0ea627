import { Moeda } from './moeda';

/** An amount of money: whole hundredths of its currency, negative when owed. */
export type Dinheiro = { readonly centavos: bigint; readonly moeda: Moeda };

const formatOf = (currency: Moeda) => new Intl.NumberFormat('pt-BR', { style: 'currency', currency });
const formats = { BRL: formatOf(Moeda.BRL), USD: formatOf(Moeda.USD), EUR: formatOf(Moeda.EUR) };

const absolute = (value: bigint): bigint => (value < 0n ? -value : value);

/**
 * The amount as people in Brazil write it: `R$ 1.234,56`, with a no-break space (U+00A0) after the
 * symbol. Exact for any size: the digits are handed over as text, never as a floating point number.
 */
export const formatarDinheiro = ({ centavos, moeda }: Dinheiro): string => {
  const digits = absolute(centavos).toString().padStart(3, '0');
  const sign = centavos < 0n ? '-' : '';
  return formats[moeda].format(`${sign}${digits.slice(0, -2)}.${digits.slice(-2)}` as `${number}`);
};

/** One total for each currency among the amounts, in the order in which currencies first appear. */
export const somar = (valores: Iterable<Dinheiro>): Dinheiro[] => {
  const totals = new Map<Moeda, bigint>();
  for (const { centavos, moeda } of valores) totals.set(moeda, (totals.get(moeda) ?? 0n) + centavos);
  return Array.from(totals, ([moeda, centavos]) => ({ centavos, moeda }));
};

/** The quotient rounded to the nearest integer, a tie to the even one. */
const divideHalfEven = (dividend: bigint, divisor: bigint): bigint => {
  const quotient = dividend / divisor;
  const twiceRemainder = 2n * absolute(dividend % divisor);
  const away = twiceRemainder > divisor || (twiceRemainder === divisor && quotient % 2n !== 0n);
  if (!away) return quotient;
  return dividend < 0n ? quotient - 1n : quotient + 1n;
};

/**
 * Splits an amount into `partes` that add up to it exactly. Each is the quotient rounded half even; the
 * first also takes what the rounding left over or used up, so R$ 1,00 in 3 is 34, 33, 33 and R$ 2,00 in
 * 3 is 66, 67, 67. Where that would turn the sign of the first (a few centavos in many parts), the
 * quotient is cut instead of rounded.
 *
 * @throws RangeError when `partes` is not a positive integer.
 */
export const dividir = ({ centavos, moeda }: Dinheiro, partes: number): Dinheiro[] => {
  if (!Number.isSafeInteger(partes) || partes < 1) {
    throw new RangeError('an amount is divided into one part or more');
  }
  const count = BigInt(partes);
  const firstBeside = (others: bigint): bigint => centavos - others * (count - 1n);
  const rounded = divideHalfEven(centavos, count);
  const turnsSign = firstBeside(rounded) * centavos < 0n;
  const part = turnsSign ? centavos / count : rounded;
  return Array.from({ length: partes }, (_, index) => ({
    centavos: index === 0 ? firstBeside(part) : part,
    moeda,
  }));
};
