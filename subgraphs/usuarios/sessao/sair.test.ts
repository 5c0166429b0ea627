import { aCaller } from '../../../platform/testing/callers';
import { agora, literalEnvironment } from '../testing/literal-environment';
import { literalIdentity } from '../testing/literal-identity';
import { sair } from './sair';

const caller = aCaller({ usuarioId: 'u1', organizacaoId: 'o1', sessaoId: 's1' });

const cenario = (ativa: boolean) => {
  const sessao = { sessaoId: 's1', usuarioId: 'u1', organizacaoId: 'o1' };
  const travarEmCurso = jest.fn(async () => (ativa ? [sessao] : []));
  const encerrar = jest.fn(async () => {});
  const registrar = jest.fn(async (..._given: unknown[]) => {});
  const repositories = { sessoes: { travarEmCurso, encerrar }, revogacoes: { registrar } };
  return {
    ...literalIdentity({}, repositories),
    travarEmCurso,
    encerrar,
    registrar,
    environment: literalEnvironment(),
  };
};

describe('sair', () => {
  it('ends the session of who asks and its access tokens, and tells', async () => {
    const { travarEmCurso, encerrar, registrar, recorded, authors, ...dependencies } = cenario(true);
    expect(await sair({ caller, ...dependencies })).toBe(true);
    expect(travarEmCurso).toHaveBeenCalledWith('u1', { organizacaoId: 'o1', id: 's1' });
    expect(encerrar).toHaveBeenCalledWith(['s1'], agora);
    expect(registrar).toHaveBeenCalledWith([{ sessaoId: 's1' }], agora);
    expect(authors).toEqual([caller]);
    expect(recorded).toMatchObject([
      {
        acao: 'sessao.sair',
        evento: { tipo: 'SessaoEncerrada', dados: { usuarioId: 'u1', sessaoId: 's1' } },
      },
    ]);
  });

  it('tells nothing of one that had ended before', async () => {
    const { recorded, registrar, ...dependencies } = cenario(false);
    expect(await sair({ caller, ...dependencies })).toBe(false);
    expect(recorded).toEqual([]);
    expect(registrar.mock.calls).toEqual([[[], agora]]);
  });

  it('is not for anonymous', async () => {
    const { travarEmCurso, ...dependencies } = cenario(true);
    await expect(sair({ caller: null, ...dependencies })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(travarEmCurso).not.toHaveBeenCalled();
  });
});
