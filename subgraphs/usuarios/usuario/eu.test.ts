import { loaderById } from '../../../platform/loaders';
import { aCaller } from '../../../platform/testing/callers';
import { eu } from './eu';
import type { Usuario } from './usuario.type';

const ana = { id: aCaller().usuarioId, nome: 'Ana' } as Usuario;
const loaders = { usuario: loaderById(async () => [ana]) };

describe('eu', () => {
  it('is the person who asks', async () => {
    expect(await eu({ caller: aCaller({ usuarioId: ana.id }), loaders })).toBe(ana);
  });

  it.each([
    ['anonymous', null, undefined],
    ['somebody who is no longer there', aCaller(), 'SESSAO_INVALIDA'],
  ])('refuses %s', async (_, caller, motivo) => {
    await expect(eu({ caller, loaders })).rejects.toMatchObject({
      extensions: { code: 'UNAUTHENTICATED', motivo },
    });
  });
});
