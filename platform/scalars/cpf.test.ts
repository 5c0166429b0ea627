import fc from 'fast-check';
import { cpfCheckDigits, formatCpf, normalizeCpf } from './cpf';
import { anyFormatting, digits, nonsense } from './text-arbitraries';

const cpfs = digits(9)
  .filter((base) => new Set(base).size > 1)
  .map((base) => base + cpfCheckDigits(base));

const groupsOf = (cpf: string) => [cpf.slice(0, 3), cpf.slice(3, 6), cpf.slice(6, 9), cpf.slice(9)];

const withDigit = (cpf: string, position: number, digit: number) =>
  cpf.slice(0, position) + digit + cpf.slice(position + 1);

test.each(['52998224725', '11144477735', '12345678909', '00000000191'])('%s is a CPF', (cpf) => {
  expect(normalizeCpf(cpf)).toBe(cpf);
});

test('every formatting of a CPF normalises to its digits', () => {
  const formatted = cpfs.chain((cpf) =>
    fc.tuple(fc.constant(cpf), anyFormatting(groupsOf(cpf), ['.', '.', '-'])),
  );
  fc.assert(
    fc.property(formatted, ([cpf, text]) => {
      expect(normalizeCpf(text)).toBe(cpf);
      expect(formatCpf(cpf)).toBe(`${groupsOf(cpf).slice(0, 3).join('.')}-${cpf.slice(9)}`);
      expect(normalizeCpf(formatCpf(cpf))).toBe(cpf);
    }),
  );
});

test.each(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])(
  'eleven times the digit %s is no CPF',
  (digit) => {
    expect(normalizeCpf(digit.repeat(11))).toBeNull();
  },
);

// A weight prime to 11 makes any change of its digit change the remainder, but the remainders 0 and 1 give
// the same check digit. Both check digits miss a change only in the first place, whose second weight is
// 11, and in the sixth, whose weights 5 and 6 are opposite modulo 11.
test('one changed digit is noticed, but in the first or sixth place when the first check digit is 0', () => {
  fc.assert(
    fc.property(cpfs, fc.nat(10), fc.nat(9), (cpf, position, digit) => {
      fc.pre(cpf[position] !== String(digit));
      fc.pre(!(cpf[9] === '0' && (position === 0 || position === 5)));
      expect(normalizeCpf(withDigit(cpf, position, digit))).toBeNull();
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ['22140669509', '12140669509'],
  ['45223686900', '45223486900'],
])('%s and %s differ in one digit and are both right', (one, other) => {
  expect(normalizeCpf(one)).toBe(one);
  expect(normalizeCpf(other)).toBe(other);
});

test.each([
  ...nonsense,
  '5299822472',
  '529982247255',
  '529.982.247/25',
  '529 982 247 25',
  '529..982.247-25',
  '-52998224725',
  '5299822472X',
  '5.29982247e10',
])('nonsense is refused (%#)', (text) => {
  expect(normalizeCpf(text)).toBeNull();
});

test('what is accepted of arbitrary text is eleven ASCII digits, and normalises to itself', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[\d.-]{9,16}$/)), (text) => {
      const cpf = normalizeCpf(text);
      if (cpf === null) return;
      expect(cpf).toMatch(/^[0-9]{11}$/);
      expect(normalizeCpf(cpf)).toBe(cpf);
    }),
  );
});
