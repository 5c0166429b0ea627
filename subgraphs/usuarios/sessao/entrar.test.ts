import type { Credencial } from '../identidade/identidade.repository';
import { agora, emTrintaDias, literalEnvironment } from '../testing/literal-environment';
import { literalIdentity } from '../testing/literal-identity';
import { entrar } from './entrar';
import { hashDoToken } from './refresh-token';

const vinculo = { usuarioId: 'u1', organizacaoId: 'o1', perfil: 'ADMINISTRADOR' } as const;
const ana: Credencial = { usuarioId: 'u1', senhaHash: 'hash-de-ana', ativo: true, vinculo };
const dados = { email: 'ana@exemplo.com', senha: 'senha de ana' };

const cenario = (credencial: Credencial | null, confere = true) => {
  const inserir = jest.fn(async () => {});
  const literal = literalIdentity({ credencialPorEmail: async () => credencial }, { sessoes: { inserir } });
  const senhas = { confere: jest.fn(async () => confere), hash: async () => 'nunca' };
  const issueAccessToken = jest.fn(async () => ({ tokenAcesso: 'acesso', expiraEm: agora }));
  const dependencies = {
    identity: literal.identity,
    senhas,
    issueAccessToken,
    environment: literalEnvironment(),
  };
  return { ...literal, dependencies, inserir, senhas, issueAccessToken };
};

describe('entrar', () => {
  it('begins a session of 30 days, of whose token only the hash is kept', async () => {
    const { dependencies, inserir, issueAccessToken, authors } = cenario(ana);
    const sessao = await entrar(dependencies, dados);
    expect(sessao).toEqual({
      tokenAcesso: 'acesso',
      expiraEm: agora,
      tokenRenovacao: Buffer.alloc(32, 7).toString('base64url'),
      usuarioId: 'u1',
      organizacaoId: 'o1',
    });
    expect(issueAccessToken).toHaveBeenCalledWith(vinculo, 'id-1');
    expect(inserir).toHaveBeenCalledWith({
      id: 'id-1',
      usuarioId: 'u1',
      tokenHash: hashDoToken(sessao.tokenRenovacao),
      criadaEm: agora,
      usadaEm: agora,
      expiraEm: emTrintaDias,
    });
    expect(authors).toEqual([{ usuarioId: 'u1', organizacaoId: 'o1', sessaoId: 'id-1' }]);
  });

  it('tells that the person signed in, without the address', async () => {
    const { dependencies, recorded } = cenario(ana);
    await entrar(dependencies, dados);
    expect(recorded).toEqual([
      {
        acao: 'sessao.entrar',
        entidade: 'Sessao',
        id: 'id-1',
        campos: [],
        agregadoId: 'u1',
        evento: { tipo: 'UsuarioAutenticado', dados: { usuarioId: 'u1', sessaoId: 'id-1' } },
      },
    ]);
  });

  it.each([
    ['an unknown address', null, false, null],
    ['a wrong password', ana, false, 'hash-de-ana'],
    ['a deactivated person', { ...ana, ativo: false }, true, 'hash-de-ana'],
    ['a person without an active tie', { ...ana, vinculo: null }, true, 'hash-de-ana'],
  ])('answers %s alike, after checking one password', async (_, credencial, confere, checkedAgainst) => {
    const { dependencies, senhas, inserir, recorded } = cenario(credencial, confere);
    const refusal = await entrar(dependencies, dados).catch((error) => error);
    expect(refusal.toJSON()).toEqual({
      message: 'E-mail ou senha incorretos.',
      extensions: { code: 'UNAUTHENTICATED', motivo: 'CREDENCIAIS_INVALIDAS' },
    });
    expect(senhas.confere.mock.calls).toEqual([['senha de ana', checkedAgainst]]);
    expect(inserir).not.toHaveBeenCalled();
    expect(recorded).toEqual([]);
  });
});
