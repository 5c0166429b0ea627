import { withoutRequest } from '../../../platform/caller';
import { memoryLimits } from '../../../platform/limits/testing/memory-limits';
import type { Credencial } from '../identidade/identidade.repository';
import { agora, emTrintaDias, literalEnvironment } from '../testing/literal-environment';
import { literalIdentity } from '../testing/literal-identity';
import { entrar } from './entrar';
import { hashDoToken } from './refresh-token';

const vinculo = { usuarioId: 'u1', organizacaoId: 'o1', permissoes: {}, equipes: [] };
const ana: Credencial = {
  usuarioId: 'u1',
  email: 'ana@exemplo.com',
  senhaHash: 'hash-de-ana',
  ativo: true,
  organizacaoId: 'o1',
};
const dados = { email: 'ana@exemplo.com', senha: 'senha de ana' };

type Given = { confere?: boolean; vinculada?: boolean; temSenha?: boolean };

const cenario = (
  credencial: Credencial | null,
  { confere = true, vinculada = true, temSenha = true }: Given = {},
) => {
  const inserir = jest.fn(async () => {});
  const literal = literalIdentity(
    {
      credencialPorEmail: async () => credencial,
      temSenha: async () => temSenha,
      travarUsuario: async () => ({ senhaHash: 'hash-de-ana' }),
    },
    {
      sessoes: { inserir, travarExcedentes: async () => [] },
      vinculos: { travar: async () => (vinculada ? vinculo : null) },
    },
  );
  const senhas = { confere: jest.fn(async () => confere), hash: async () => 'nunca' };
  const issueAccessToken = jest.fn(async () => ({ tokenAcesso: 'acesso', expiraEm: agora }));
  const registrarRecusa = jest.fn();
  const dependencies = {
    identity: literal.identity,
    senhas,
    issueAccessToken,
    registrarRecusa,
    registrarBloqueio: jest.fn(),
    environment: literalEnvironment(),
    info: { ...withoutRequest('r1'), ip: '192.0.2.1', userAgent: 'jest' },
    limits: memoryLimits(),
  };
  return { ...literal, dependencies, inserir, senhas, issueAccessToken, registrarRecusa };
};

const recusa = {
  message: 'E-mail ou senha incorretos.',
  extensions: { code: 'UNAUTHENTICATED', motivo: 'CREDENCIAIS_INVALIDAS' },
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
    expect(issueAccessToken).toHaveBeenCalledWith(vinculo, 'id-1', agora);
    expect(inserir).toHaveBeenCalledWith({
      id: 'id-1',
      organizacaoId: 'o1',
      usuarioId: 'u1',
      tokenHash: hashDoToken(sessao.tokenRenovacao),
      criadaEm: agora,
      usadaEm: agora,
      expiraEm: emTrintaDias,
      ip: '192.0.2.1',
      userAgent: 'jest',
      familiaId: null,
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
    ['an unknown address', null, false, null, 0],
    ['a wrong password', ana, false, 'hash-de-ana', 1],
    ['a deactivated person', { ...ana, ativo: false }, true, 'hash-de-ana', 1],
    ['a person without an active tie', { ...ana, organizacaoId: null }, true, 'hash-de-ana', 0],
  ])(
    'answers %s alike, after checking one password',
    async (_, credencial, confere, checkedAgainst, audited) => {
      const { dependencies, senhas, inserir, recorded, registrarRecusa } = cenario(credencial, { confere });
      const refusal = await entrar(dependencies, dados).catch((error) => error);
      expect(refusal.toJSON()).toEqual(recusa);
      expect(senhas.confere.mock.calls).toEqual([['senha de ana', checkedAgainst]]);
      expect(inserir).not.toHaveBeenCalled();
      expect(recorded).toEqual([]);
      expect(registrarRecusa).toHaveBeenCalledTimes(audited);
    },
  );

  it.each([
    ['the tie', { vinculada: false }],
    ['the password', { temSenha: false }],
  ])('refuses who lost %s while the password was being checked', async (_, given) => {
    const { dependencies, issueAccessToken } = cenario(ana, given);
    const refusal = await entrar(dependencies, dados).catch((error) => error);
    expect(refusal.toJSON()).toEqual(recusa);
    expect(issueAccessToken).not.toHaveBeenCalled();
  });
});
