import { withoutRequest } from '../../../platform/caller';
import { memoryLimits } from '../../../platform/limits/testing/memory-limits';
import { agora, literalEnvironment } from '../testing/literal-environment';
import { literalIdentity } from '../testing/literal-identity';
import { hashDoToken } from './refresh-token';
import { renovarSessao } from './renovar-sessao';
import type { SessaoTravada, TokenDeSessao } from './sessao.repository';

const dono: TokenDeSessao = {
  sessaoId: 's1',
  usuarioId: 'u1',
  organizacaoId: 'o1',
  familiaId: 's0',
  usadoEm: null,
};
const vinculo = { usuarioId: 'u1', organizacaoId: 'o1', permissoes: {}, equipes: [] };
const seconds = (count: number) => new Date(agora.getTime() + count * 1_000);
const viva: SessaoTravada = {
  expiraEm: seconds(1),
  revogadaEm: null,
  usado: false,
};

type Given = {
  sessao?: Partial<SessaoTravada>;
  usadoEm?: Date | null;
  achada?: boolean;
  vinculada?: boolean;
  emCurso?: boolean;
};

const cenario = ({
  sessao = {},
  usadoEm = null,
  achada = true,
  vinculada = true,
  emCurso = true,
}: Given = {}) => {
  const renovar = jest.fn(async () => {});
  const registrar = jest.fn(async () => {});
  const order: string[] = [];
  const environment = literalEnvironment();
  const literal = literalIdentity(
    { travarUsuario: async () => ({ senhaHash: '' }) },
    {
      vinculos: {
        travar: async () => {
          order.push('vinculo');
          return vinculada ? vinculo : null;
        },
      },
      sessoes: {
        doToken: async () => (achada ? { ...dono, usadoEm } : null),
        travar: async () => {
          order.push('sessao');
          return { ...viva, ...sessao };
        },
        renovar,
        travarEmCurso: async () => (emCurso ? [dono] : []),
        encerrar: async () => {},
      },
      revogacoes: { registrar },
    },
  );
  const issueAccessToken = jest.fn(async () => ({ tokenAcesso: 'acesso', expiraEm: agora }));
  const clock = () => {
    order.push('clock');
    return agora;
  };
  const dependencies = {
    identity: literal.identity,
    issueAccessToken,
    environment: { ...environment, agora: clock },
    info: { ...withoutRequest('r1'), ip: '192.0.2.1', userAgent: 'jest' },
    limits: memoryLimits(),
  };
  return { ...literal, dependencies, renovar, registrar, issueAccessToken, order };
};

const dados = { tokenRenovacao: 'velho' };

describe('renovarSessao', () => {
  it('puts a new token in the place of the old, neither as it is', async () => {
    const { dependencies, renovar, issueAccessToken } = cenario();
    const { tokenRenovacao, ...rest } = await renovarSessao(dependencies, dados);
    expect(rest).toEqual({ tokenAcesso: 'acesso', expiraEm: agora, usuarioId: 'u1', organizacaoId: 'o1' });
    expect(renovar).toHaveBeenCalledWith({
      sessaoId: 's1',
      tokenHash: hashDoToken('velho'),
      novoTokenHash: hashDoToken(tokenRenovacao),
      agora,
      ip: '192.0.2.1',
      userAgent: 'jest',
    });
    expect(issueAccessToken).toHaveBeenCalledWith(vinculo, 's1', agora);
  });

  it('takes its instant while what the token says is locked', async () => {
    const { dependencies, order } = cenario();
    await renovarSessao(dependencies, dados);
    expect(order).toEqual(['vinculo', 'sessao', 'clock']);
  });

  it.each([
    ['an unknown token', { achada: false }],
    ['an inactive person or tie', { vinculada: false }],
    ['a session that expired at this moment', { sessao: { expiraEm: agora } }],
    ['a session that has ended', { sessao: { revogadaEm: seconds(-1) } }],
  ])('issues nothing for %s, and changes nothing', async (_, given) => {
    const { dependencies, issueAccessToken, renovar, registrar, recorded } = cenario(given);
    await expect(renovarSessao(dependencies, dados)).rejects.toMatchObject({
      extensions: { code: 'UNAUTHENTICATED', motivo: 'SESSAO_INVALIDA' },
    });
    for (const effect of [issueAccessToken, renovar, registrar]) expect(effect).not.toHaveBeenCalled();
    expect(recorded).toEqual([]);
  });

  it.each([
    [0, 'RENOVACAO_SIMULTANEA', []],
    [-9.999, 'RENOVACAO_SIMULTANEA', []],
    [-10, 'SESSAO_INVALIDA', ['sessao.reuso']],
    [-86_400, 'SESSAO_INVALIDA', ['sessao.reuso']],
  ])('of a token used %p s ago is %s', async (before, motivo, acoes) => {
    const { dependencies, recorded, registrar } = cenario({
      usadoEm: seconds(before),
      // The session that it belonged to had moved on.
      sessao: { revogadaEm: seconds(-1) },
    });
    await expect(renovarSessao(dependencies, dados)).rejects.toMatchObject({ extensions: { motivo } });
    expect(recorded.map(({ acao }) => acao)).toEqual(acoes);
    expect(registrar).toHaveBeenCalledTimes(acoes.length);
  });

  it('of a used token whose family is over records nothing', async () => {
    const { dependencies, recorded } = cenario({ usadoEm: seconds(-60), emCurso: false });
    await expect(renovarSessao(dependencies, dados)).rejects.toMatchObject({
      extensions: { motivo: 'SESSAO_INVALIDA' },
    });
    expect(recorded).toEqual([]);
  });

  it('of a token that another request exchanged while this one waited is only refused', async () => {
    const { dependencies, recorded, renovar } = cenario({ sessao: { usado: true } });
    await expect(renovarSessao(dependencies, dados)).rejects.toMatchObject({
      extensions: { motivo: 'RENOVACAO_SIMULTANEA' },
    });
    expect(renovar).not.toHaveBeenCalled();
    expect(recorded).toEqual([]);
  });

  it('is possible 30 times in 15 minutes', async () => {
    const { dependencies, renovar } = cenario();
    for (let i = 0; i < 30; i++) await renovarSessao(dependencies, dados);
    await expect(renovarSessao(dependencies, dados)).rejects.toMatchObject({
      extensions: { code: 'RATE_LIMITED' },
    });
    expect(renovar).toHaveBeenCalledTimes(30);
  });
});
