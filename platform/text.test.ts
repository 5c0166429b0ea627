import fc from 'fast-check';
import { fold, tidy } from './text';

test.each([
  ['João  da   Silva ', 'joao da silva'],
  ['ÁÉÍÓÚ ÀÂÃ ÇÑ Ü', 'aeiou aaa cn u'],
  ['Ǆ ﬁm ①', 'dz fim 1'],
  ['日本 São', '日本 sao'],
  ['', ''],
])('fold(%j) is %j', (text, folded) => expect(fold(text)).toBe(folded));

test('folding and tidying change nothing the second time', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(tidy(tidy(text))).toBe(tidy(text));
      expect(fold(fold(text))).toBe(fold(text));
    }),
  );
});
