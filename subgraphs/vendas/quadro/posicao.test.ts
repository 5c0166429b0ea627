import fc from 'fast-check';
import { generateNKeysBetween } from 'fractional-indexing';
import { everywhere } from '../../../platform/reach';
import { posicaoPara } from './posicao';
import type { Lugar } from './quadro.repository';

/** A board in memory: the cards of one etapa with their keys, the top one first. */
const quadroDe = (count: number) => {
  const keys = generateNKeysBetween(null, null, count);
  const cards = new Map(keys.map((key, n) => [`${n}`, key]));
  const order = () => [...cards].sort(([, a], [, b]) => (a < b ? -1 : 1)).map(([id]) => id);
  let renumbered = 0;
  return {
    cards,
    order,
    renumbered: () => renumbered,
    vizinhas: async ({ id, apos }: Lugar) => {
      const others = order().filter((other) => other !== id);
      const at = apos === null ? 0 : others.indexOf(apos.id) + 1;
      if (apos !== null && at === 0) return null;
      return {
        acima: cards.get(others[at - 1] ?? '') ?? null,
        abaixo: cards.get(others[at] ?? '') ?? null,
      };
    },
    renumerar: async () => {
      renumbered += 1;
      const ids = order();
      for (const [n, key] of generateNKeysBetween(null, null, ids.length).entries())
        cards.set(ids[n] ?? '', key);
    },
  };
};

const move = async (quadro: ReturnType<typeof quadroDe>, id: string, aposId: string | null) => {
  const apos = aposId === null ? null : { id: aposId, alcance: everywhere };
  const posicao = await posicaoPara(quadro, { id, etapaId: 'e1', apos });
  if (posicao !== null) quadro.cards.set(id, posicao);
  return posicao;
};

test('after any moves, the last card moved is directly after the one it named and no two share a place', async () => {
  const size = 6;
  const card = fc.integer({ min: 0, max: size - 1 }).map(String);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(card, fc.option(card)), { maxLength: 40 }), async (moves) => {
      const quadro = quadroDe(size);
      for (const [id, aposId] of moves.filter(([id, aposId]) => id !== aposId)) {
        const others = quadro.order().filter((other) => other !== id);
        await move(quadro, id, aposId);
        others.splice(aposId === null ? 0 : others.indexOf(aposId) + 1, 0, id);
        expect(quadro.order()).toEqual(others);
        expect(new Set(quadro.cards.values()).size).toBe(size);
      }
    }),
  );
});

test('keys stay short, however often cards go to the same spot', async () => {
  const quadro = quadroDe(3);
  for (let n = 0; n < 2_000; n += 1) {
    const [top = '', , bottom = ''] = quadro.order();
    await move(quadro, bottom, top);
  }
  expect(Math.max(...[...quadro.cards.values()].map((key) => key.length))).toBeLessThanOrEqual(100);
  expect(quadro.renumbered()).toBeGreaterThan(0);
});

test('what is no card of the etapa cannot be followed', async () => {
  const quadro = quadroDe(2);
  expect(await move(quadro, '0', 'other')).toBeNull();
});

test('the first card of an empty etapa has a place', async () => {
  expect(await posicaoPara(quadroDe(0), { id: 'a', etapaId: 'e1', apos: null })).toBe('a0');
});
