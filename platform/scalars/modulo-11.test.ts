import { modulo11CheckDigit } from './modulo-11';

test.each([
  // 1·5 + 2·4 + A·3 + B·2 + C·9 + 3·8 + 4·7 + 5·6 + 0·5 + 1·4 + D·3 + E·2 = 459; 459 mod 11 = 8.
  ['12ABC34501DE', 9, '3'],
  ['12ABC34501DE3', 9, '5'],
  ['529982247', 11, '2'],
  ['5299822472', 11, '5'],
  ['000000000', 11, '0'],
] as const)('the check digit of %s with weights up to %d is %s', (characters, highestWeight, digit) => {
  expect(modulo11CheckDigit(characters, highestWeight)).toBe(digit);
});

test('a remainder of 0 and a remainder of 1 give the same digit', () => {
  expect(modulo11CheckDigit('000000000', 11)).toBe('0');
  expect(modulo11CheckDigit('000000006', 11)).toBe('0');
});
