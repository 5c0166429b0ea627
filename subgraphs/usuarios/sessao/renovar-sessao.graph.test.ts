import { callerOf, createSessoes, renovar, type Sessoes, sessaoInvalida } from '../testing/sessoes';
import { startUsuarios, type Usuarios } from '../testing/start-usuarios';

let usuarios: Usuarios;
let sessoes: Sessoes;
beforeAll(async () => {
  usuarios = await startUsuarios();
  sessoes = createSessoes(usuarios);
});
afterAll(() => usuarios.stop());

describe('renovarSessao', () => {
  it('gives new tokens for the same session, again and again', async () => {
    const { sessao, caller } = await sessoes.pessoa();
    let token = sessao.tokenRenovacao;
    for (let i = 0; i < 3; i++) {
      const renovada = await sessoes.renovado(token);
      expect(callerOf(renovada.tokenAcesso)).toEqual(caller);
      expect(renovada.usuario).toEqual({ id: caller.usuarioId, nome: 'Ana' });
      expect(renovada.tokenRenovacao).not.toBe(token);
      expect(await usuarios.refusal(renovar, { token })).toEqual(sessaoInvalida);
      token = renovada.tokenRenovacao;
    }
  });

  it('of 20 at once with one token, exactly one succeeds', async () => {
    const { sessao } = await sessoes.pessoa();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => usuarios.run(renovar, { token: sessao.tokenRenovacao })),
    );
    const [winner, ...others] = answers.filter(({ errors }) => !errors);
    expect(others).toEqual([]);
    const lost = answers.filter(({ errors }) => errors).map(({ errors }) => errors?.[0]?.extensions);
    expect(lost).toEqual(Array.from({ length: 19 }, () => sessaoInvalida));
    expect(winner?.data).toEqual({ renovarSessao: expect.objectContaining({ usuario: expect.anything() }) });
  });

  it('does not lengthen the 30 days', async () => {
    const { sessao, caller } = await sessoes.pessoa();
    const fim = 'SELECT expira_em - criada_em = $2::interval AS fixo FROM sessao WHERE id = $1';
    await sessoes.renovado(sessao.tokenRenovacao);
    expect(await usuarios.rowsOf(fim, [caller.sessaoId, '30 days'])).toEqual([{ fixo: true }]);
  });

  it.each([
    ['a session that expired', 'UPDATE sessao SET expira_em = now() WHERE id = $1'],
    ['a session that was revoked', 'UPDATE sessao SET revogada_em = now() WHERE id = $1'],
    [
      'a deactivated person',
      'UPDATE usuario SET ativo = false WHERE id = (SELECT usuario_id FROM sessao WHERE id = $1)',
    ],
    [
      'a deactivated tie',
      'UPDATE membro SET ativo = false WHERE usuario_id = (SELECT usuario_id FROM sessao WHERE id = $1)',
    ],
  ])('refuses %s', async (_, sql) => {
    const { sessao, caller } = await sessoes.pessoa();
    await usuarios.admin.query(sql, [caller.sessaoId]);
    expect(await usuarios.refusal(renovar, { token: sessao.tokenRenovacao })).toEqual(sessaoInvalida);
  });

  it.each(['', 'nada', '🔑', "' OR '1'='1", 'a'.repeat(1_000_000)])(
    'refuses a made-up token (%#)',
    async (token) => {
      expect(await usuarios.refusal(renovar, { token })).toEqual(sessaoInvalida);
    },
  );

  it('does not take what is stored, nor an access token', async () => {
    const { sessao, caller } = await sessoes.pessoa();
    const [stored] = await usuarios.rowsOf('SELECT token_hash FROM sessao WHERE id = $1', [caller.sessaoId]);
    for (const token of [stored.token_hash, sessao.tokenAcesso]) {
      expect(await usuarios.refusal(renovar, { token })).toEqual(sessaoInvalida);
    }
  });
});
