import { withoutRequest } from '../../../platform/caller';
import { agora, literalEnvironment } from '../testing/literal-environment';
import { literalIdentity } from '../testing/literal-identity';
import { hashDoToken } from './refresh-token';
import { renovarSessao } from './renovar-sessao';
import type { SessaoTravada } from './sessao.repository';

const dono = { sessaoId: 's1', usuarioId: 'u1', organizacaoId: 'o1' };
const vinculo = { usuarioId: 'u1', organizacaoId: 'o1', permissoes: {}, equipes: [] };
const seconds = (count: number) => new Date(agora.getTime() + count * 1_000);
const viva: SessaoTravada = {
  tokenHash: hashDoToken('velho'),
  expiraEm: seconds(1),
  revogadaEm: null,
  usadoEm: null,
};

type Given = { sessao?: Partial<SessaoTravada>; achada?: boolean; vinculada?: boolean };

const cenario = ({ sessao = {}, achada = true, vinculada = true }: Given = {}) => {
  const renovar = jest.fn(async () => {});
  const registrar = jest.fn(async () => {});
  const order: string[] = [];
  const environment = literalEnvironment();
  const literal = literalIdentity(
    {},
    {
      vinculos: {
        travar: async () => {
          order.push('vinculo');
          return vinculada ? vinculo : null;
        },
      },
      sessoes: {
        doToken: async () => (achada ? dono : null),
        travar: async () => {
          order.push('sessao');
          return { ...viva, ...sessao };
        },
        renovar,
        travarAtivas: async () => [dono],
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
    ['a used token of a session that has ended', { sessao: { usadoEm: seconds(-60), revogadaEm: agora } }],
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
    const { dependencies, recorded, registrar } = cenario({ sessao: { usadoEm: seconds(before) } });
    await expect(renovarSessao(dependencies, dados)).rejects.toMatchObject({ extensions: { motivo } });
    expect(recorded.map(({ acao }) => acao)).toEqual(acoes);
    expect(registrar).toHaveBeenCalledTimes(acoes.length);
  });
});
