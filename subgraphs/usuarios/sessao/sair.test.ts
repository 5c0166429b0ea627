import { aCaller } from '../../../platform/testing/callers';
import { agora, literalEnvironment } from '../testing/literal-environment';
import { literalIdentity } from '../testing/literal-identity';
import { sair } from './sair';

const caller = aCaller({ usuarioId: 'u1', sessaoId: 's1' });

const cenario = (revogada: boolean) => {
  const revogar = jest.fn(async () => revogada);
  return { ...literalIdentity({}, { sessoes: { revogar } }), revogar, environment: literalEnvironment() };
};

describe('sair', () => {
  it('ends the session of who asks, and tells', async () => {
    const { revogar, recorded, authors, ...dependencies } = cenario(true);
    expect(await sair({ caller, ...dependencies })).toBe(true);
    expect(revogar).toHaveBeenCalledWith({ id: 's1', usuarioId: 'u1', agora });
    expect(authors).toEqual([caller]);
    expect(recorded).toMatchObject([
      {
        acao: 'sessao.sair',
        evento: { tipo: 'SessaoEncerrada', dados: { usuarioId: 'u1', sessaoId: 's1' } },
      },
    ]);
  });

  it('tells nothing of one that had ended before', async () => {
    const { recorded, ...dependencies } = cenario(false);
    expect(await sair({ caller, ...dependencies })).toBe(false);
    expect(recorded).toEqual([]);
  });

  it('is not for anonymous', async () => {
    const { revogar, ...dependencies } = cenario(true);
    await expect(sair({ caller: null, ...dependencies })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(revogar).not.toHaveBeenCalled();
  });
});
