import fc from 'fast-check';
import { createStatementNames } from './statement-names';

test('a text is named when it comes a second time, and keeps its name', () => {
  const nameOf = createStatementNames(10);
  expect(['a', 'b', 'a', 'a', 'b', 'a'].map(nameOf)).toEqual([
    '',
    '',
    'teia_0',
    'teia_0',
    'teia_1',
    'teia_0',
  ]);
});

test('texts that come once use up no names', () => {
  const nameOf = createStatementNames(2);
  for (let n = 0; n < 1_000; n++) expect(nameOf(`once ${n}`)).toBe('');
  nameOf('often');
  expect(nameOf('often')).toBe('teia_0');
});

test('there are never more names than allowed, and never one for two texts', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.array(fc.nat(20)), (limit, texts) => {
      const nameOf = createStatementNames(limit);
      const textsOf = new Map<string, Set<number>>();
      for (const text of texts) {
        const name = nameOf(String(text));
        if (name) textsOf.set(name, (textsOf.get(name) ?? new Set()).add(text));
      }
      expect(textsOf.size).toBeLessThanOrEqual(limit);
      expect([...textsOf.values()].every(({ size }) => size === 1)).toBe(true);
    }),
  );
});
