import fc from 'fast-check';
import { centavosToJson, parseCentavos } from './centavos';

test('every safe integer passes through JSON and back unchanged', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (json) => {
      const centavos = parseCentavos(JSON.parse(JSON.stringify(json)));
      expect(centavos).toBe(BigInt(json));
      expect(centavosToJson(BigInt(json))).toBe(json);
    }),
  );
});

test.each([
  [0, 0n],
  [-0, 0n],
  [Number.MAX_SAFE_INTEGER, 9007199254740991n],
  [Number.MIN_SAFE_INTEGER, -9007199254740991n],
])('%d is %d', (json, centavos) => {
  expect(parseCentavos(json)).toBe(centavos);
});

test.each([
  2 ** 53,
  -(2 ** 53),
  0.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  1e300,
  '1',
  '',
  null,
  undefined,
  true,
  1n,
  [],
  {},
])('%p is refused', (input) => {
  expect(parseCentavos(input)).toBeNull();
});

test.each([2n ** 53n, -(2n ** 53n), 10n ** 400n])('%d does not fit in JSON', (centavos) => {
  expect(centavosToJson(centavos)).toBeNull();
});
