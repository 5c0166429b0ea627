import fc from 'fast-check';
import { isStorable } from '../text';
import { toPage } from './page';
import { encodeCursor, pageRequest } from './page-request';

const position = fc.record({ valor: fc.string({ unit: 'binary' }).filter(isStorable), id: fc.uuid() });

test('a cursor leads back to the position it was made of', () => {
  fc.assert(
    fc.property(position, (from) => {
      const after = encodeCursor('NOME', from);
      expect(pageRequest({ after }, 'NOME')).toEqual({ ordem: 'NOME', limit: 20, backward: false, from });
      expect(pageRequest({ last: 5, before: after }, 'NOME')).toEqual({
        ordem: 'NOME',
        limit: 5,
        backward: true,
        from,
      });
    }),
  );
});

test('whatever else is sent as a cursor is refused, naming the argument', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (after) => {
      expect(() => pageRequest({ after }, 'NOME')).toThrow(
        expect.objectContaining({
          code: 'BAD_USER_INPUT',
          extensions: expect.objectContaining({ campos: [expect.objectContaining({ campo: 'after' })] }),
        }),
      );
    }),
  );
});

test('pages of any size put together are the whole list, in either direction', () => {
  fc.assert(
    fc.property(fc.nat(30), fc.integer({ min: 1, max: 7 }), fc.boolean(), (total, limit, backward) => {
      const all = Array.from({ length: total }, (_, n) => n);
      const seen: number[] = [];
      for (let more = true; more; ) {
        const rest = backward ? all.slice(0, total - seen.length).reverse() : all.slice(seen.length);
        const page = toPage(rest.slice(0, limit + 1), { ordem: 'X', limit, backward, from: null });
        if (backward) seen.unshift(...page.rows);
        else seen.push(...page.rows);
        more = backward ? page.hasPreviousPage : page.hasNextPage;
      }
      expect(seen).toEqual(all);
    }),
  );
});
