import { agora, literalEnvironment } from '../testing/literal-environment';
import { literalIdentity } from '../testing/literal-identity';
import { hashDoToken } from './refresh-token';
import { renovarSessao } from './renovar-sessao';

const renovada = { usuarioId: 'u1', organizacaoId: 'o1', perfil: 'ADMINISTRADOR', sessaoId: 's1' } as const;

const cenario = (found: typeof renovada | null) => {
  const renovar = jest.fn(async () => found);
  const { identity } = literalIdentity({ renovarSessao: renovar });
  const issueAccessToken = jest.fn(async () => ({ tokenAcesso: 'acesso', expiraEm: agora }));
  return {
    dependencies: { identity, issueAccessToken, environment: literalEnvironment() },
    renovar,
    issueAccessToken,
  };
};

describe('renovarSessao', () => {
  it('puts a new token in the place of the old, neither as it is', async () => {
    const { dependencies, renovar, issueAccessToken } = cenario(renovada);
    const { tokenRenovacao, ...rest } = await renovarSessao(dependencies, { tokenRenovacao: 'velho' });
    expect(rest).toEqual({ tokenAcesso: 'acesso', expiraEm: agora, usuarioId: 'u1', organizacaoId: 'o1' });
    expect(renovar).toHaveBeenCalledWith({
      tokenHash: hashDoToken('velho'),
      novoTokenHash: hashDoToken(tokenRenovacao),
      agora,
    });
    const { sessaoId, ...vinculo } = renovada;
    expect(issueAccessToken).toHaveBeenCalledWith(vinculo, sessaoId);
  });

  it('issues nothing for a token that is worth nothing', async () => {
    const { dependencies, issueAccessToken } = cenario(null);
    await expect(renovarSessao(dependencies, { tokenRenovacao: 'velho' })).rejects.toMatchObject({
      extensions: { code: 'UNAUTHENTICATED', motivo: 'SESSAO_INVALIDA' },
    });
    expect(issueAccessToken).not.toHaveBeenCalled();
  });
});
