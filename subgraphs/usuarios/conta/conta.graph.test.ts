import { memoryLimits } from '../../../platform/limits/testing/memory-limits';
import { until } from '../../../platform/testing/until';
import { callerOf, createSessoes, entrar, renovar, type Sessoes, sessaoInvalida } from '../testing/sessoes';
import { senha, startUsuarios, type Usuarios } from '../testing/start-usuarios';

let usuarios: Usuarios;
let sessoes: Sessoes;
beforeAll(async () => {
  usuarios = await startUsuarios({ limits: memoryLimits() });
  sessoes = createSessoes(usuarios);
});
afterAll(() => usuarios.stop());

const trocar = `mutation ($senhaAtual: String!, $senhaNova: String!) {
  trocarSenha(dados: { senhaAtual: $senhaAtual, senhaNova: $senhaNova })
}`;
const desativar = 'mutation ($senha: String!) { desativarConta(dados: { senha: $senha }) }';

const nova = 'outra senha comprida';
const incorreta = { code: 'UNAUTHENTICATED', motivo: 'CREDENCIAIS_INVALIDAS' };

const entriesOf = (usuarioId: string) =>
  usuarios.rowsOf('SELECT usuario_id FROM revogacao WHERE usuario_id = $1', [usuarioId]);
const auditIn = async (organizacaoId: string) =>
  (
    await usuarios.rowsOf(
      `SELECT dados FROM teia.outbox WHERE organizacao_id = $1 AND tipo = 'RegistroDeAuditoria' ORDER BY transacao, id`,
      [organizacaoId],
    )
  ).map(({ dados }) => dados.acao);

describe('trocarSenha', () => {
  it('puts the new password in the place of the old, and leaves this session alone', async () => {
    const { email, sessao, caller } = await sessoes.pessoa();
    const outra = await sessoes.entrado(email);
    expect(await usuarios.data(trocar, { senhaAtual: senha, senhaNova: nova }, caller)).toEqual({
      trocarSenha: true,
    });
    expect(await usuarios.refusal(entrar, { email, senha })).toEqual(incorreta);
    expect(await usuarios.refusal(renovar, { token: outra.tokenRenovacao })).toEqual(sessaoInvalida);
    expect(await entriesOf(caller.usuarioId)).toHaveLength(1);
    const [{ desde }] = await usuarios.rowsOf('SELECT desde FROM revogacao WHERE usuario_id = $1', [
      caller.usuarioId,
    ]);
    const { tokenAcesso } = await sessoes.renovado(sessao.tokenRenovacao);
    expect(callerOf(tokenAcesso).sessaoId).toBe(caller.sessaoId);
    expect(desde.getTime()).toBeLessThanOrEqual(Date.now());
    expect(await usuarios.refusal(entrar, { email, senha: nova })).toBeUndefined();
    await until(async () => (await auditIn(caller.organizacaoId)).includes('sessao.recusar'));
    expect(await auditIn(caller.organizacaoId)).toContain('usuario.trocarSenha');
  });

  it('makes worthless what was sent to replace the old one', async () => {
    const { email, caller } = await sessoes.pessoa();
    const pedir = 'mutation ($email: Email!) { pedirRedefinicaoDeSenha(dados: { email: $email }) }';
    await usuarios.data(pedir, { email });
    await usuarios.data(trocar, { senhaAtual: senha, senhaNova: nova }, caller);
    expect(
      await usuarios.rowsOf('SELECT usada_em IS NULL AS vale FROM confirmacao WHERE email = $1', [email]),
    ).toEqual([{ vale: false }]);
  });

  it.each([
    ['trocarSenha', trocar, { senhaAtual: 'errada', senhaNova: nova }],
    ['desativarConta', desativar, { senha: 'errada' }],
  ])('%s by who does not know the password is audited', async (_, mutation, variables) => {
    const { caller } = await sessoes.pessoa();
    await usuarios.refusal(mutation, variables, caller);
    const recusas = () =>
      usuarios.rowsOf(
        "SELECT dados FROM teia.outbox WHERE organizacao_id = $1 AND dados ->> 'acao' = 'conta.recusar'",
        [caller.organizacaoId],
      );
    await until(async () => (await recusas()).length > 0);
    const { usuarioId, sessaoId } = caller;
    expect(await recusas()).toMatchObject([
      { dados: { usuarioId, sessaoId, entidade: 'Usuario', entidadeId: usuarioId } },
    ]);
  });

  it('keeps neither password anywhere but hashed', async () => {
    const { caller } = await sessoes.pessoa();
    const info = { chaveIdempotencia: 'chave' };
    await usuarios.data(trocar, { senhaAtual: senha, senhaNova: 'segredo que ninguém sabe' }, caller, info);
    expect(await usuarios.rowsOf('SELECT * FROM teia.idempotencia')).toEqual([]);
    const kept = await usuarios.rowsOf(
      'SELECT o.*, u.* FROM teia.outbox o, usuario u WHERE o.organizacao_id = $1 AND u.id = $2',
      [caller.organizacaoId, caller.usuarioId],
    );
    expect(JSON.stringify(kept)).not.toMatch(/segredo|uma senha/);
  });

  it.each([
    ['a short one', 'curta', 'dados.senhaNova'],
    ['a huge one', 'x'.repeat(1_000_000), 'dados.senhaNova'],
    ['a common one', 'Password123!', 'dados.senhaNova'],
    ['one that nobody could store', 'senha com \u0000 dentro', 'dados.senhaNova'],
  ])('refuses %s, repeating none of it', async (_, senhaNova, campo) => {
    const { caller } = await sessoes.pessoa();
    const answer = await usuarios.run(trocar, { senhaAtual: senha, senhaNova }, caller);
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', campos: [{ campo }] });
    expect(JSON.stringify(answer).length).toBeLessThan(500);
  });

  it('refuses the e-mail', async () => {
    const { email, caller } = await sessoes.pessoa();
    expect(
      await usuarios.refusal(trocar, { senhaAtual: senha, senhaNova: email.toUpperCase() }, caller),
    ).toMatchObject({ code: 'BAD_USER_INPUT', campos: [{ campo: 'dados.senhaNova' }] });
  });

  it('is an attempt like one to sign in', async () => {
    const { email, caller } = await sessoes.pessoa();
    const errada = () => usuarios.refusal(trocar, { senhaAtual: 'errada', senhaNova: nova }, caller);
    for (let i = 0; i < 10; i++) expect(await errada()).toEqual(incorreta);
    expect(await errada()).toMatchObject({ code: 'RATE_LIMITED' });
    expect(await usuarios.refusal(entrar, { email, senha })).toMatchObject({ code: 'RATE_LIMITED' });
  });

  it('of several at once succeeds once', async () => {
    const { caller } = await sessoes.pessoa();
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, i) =>
        usuarios.refusal(trocar, { senhaAtual: senha, senhaNova: `${nova} ${i} x` }, caller),
      ),
    );
    expect(answers.filter((refusal) => refusal === undefined)).toHaveLength(1);
    expect(await entriesOf(caller.usuarioId)).toHaveLength(1);
  });

  it('lets nobody in by the old password who was being checked meanwhile', async () => {
    const { email, caller } = await sessoes.pessoa();
    const [, ...entradas] = await Promise.all([
      usuarios.data(trocar, { senhaAtual: senha, senhaNova: nova }, caller),
      ...Array.from({ length: 5 }, () => usuarios.run(entrar, { email, senha })),
    ]);
    const abertas = await usuarios.rowsOf(
      'SELECT id FROM sessao WHERE usuario_id = $1 AND revogada_em IS NULL',
      [caller.usuarioId],
    );
    expect(abertas).toEqual([{ id: caller.sessaoId }]);
    expect(entradas).toHaveLength(5);
  });
});

describe('desativarConta', () => {
  /** Somebody who does not administer alone, in this and another organization. */
  const substituivel = async () => {
    const pessoa = await sessoes.pessoa();
    const outra = await usuarios.registrado({ email: pessoa.email });
    const bia = await usuarios.registrado();
    for (const { organizacaoId } of [pessoa.caller, outra]) {
      await usuarios.admin.query(
        `WITH novo AS (
           INSERT INTO membro (id, organizacao_id, usuario_id, ativo, versao, criado_em)
           VALUES (uuidv7(), $1, $2, true, 1, now()) RETURNING id
         )
         INSERT INTO membro_perfil SELECT $1, novo.id, perfil.id
         FROM novo, perfil WHERE organizacao_id = $1 AND embutido = 'ADMINISTRADOR'`,
        [organizacaoId, bia.usuarioId],
      );
    }
    return { ...pessoa, outra, bia };
  };

  it('keeps the person out everywhere, and tells each organization', async () => {
    const { email, sessao, caller, outra } = await substituivel();
    expect(await usuarios.data(desativar, { senha }, caller)).toEqual({ desativarConta: true });
    expect(await usuarios.refusal(entrar, { email, senha })).toEqual(incorreta);
    expect(await usuarios.refusal(renovar, { token: sessao.tokenRenovacao })).toEqual(sessaoInvalida);
    expect(await entriesOf(caller.usuarioId)).toHaveLength(1);
    for (const { organizacaoId } of [caller, outra]) {
      expect(await auditIn(organizacaoId)).toContain('usuario.desativarConta');
      const events = await usuarios.rowsOf(
        "SELECT dados FROM teia.outbox WHERE organizacao_id = $1 AND tipo = 'UsuarioAlterado'",
        [organizacaoId],
      );
      expect(events).toEqual([{ dados: { usuarioId: caller.usuarioId, campos: ['ativo'] } }]);
    }
  });

  it('is refused while an organization would be left to nobody, wherever that is', async () => {
    const { caller, outra, bia } = await substituivel();
    await usuarios.admin.query(
      'UPDATE membro SET ativo = false WHERE organizacao_id = $1 AND usuario_id = $2',
      [outra.organizacaoId, bia.usuarioId],
    );
    expect(await usuarios.refusal(desativar, { senha }, caller)).toEqual({
      code: 'CONFLICT',
      motivo: 'ULTIMO_ADMINISTRADOR',
    });
    expect(await entriesOf(caller.usuarioId)).toEqual([]);
  });

  it('of the last two at once leaves one', async () => {
    const { caller, bia, outra } = await substituivel();
    const deBia = { ...bia, organizacaoId: caller.organizacaoId };
    // Hers alone, which she may not leave either.
    await usuarios.admin.query('DELETE FROM membro WHERE organizacao_id IN ($1, $2)', [
      bia.organizacaoId,
      outra.organizacaoId,
    ]);
    const answers = await Promise.all(
      [caller, deBia].map((como) => usuarios.refusal(desativar, { senha }, como)),
    );
    expect(answers.filter((refusal) => refusal === undefined)).toHaveLength(1);
    expect(answers.filter((refusal) => refusal?.motivo === 'ULTIMO_ADMINISTRADOR')).toHaveLength(1);
  });

  it('is refused to who does not know the password, and to anonymous', async () => {
    const { caller } = await substituivel();
    expect(await usuarios.refusal(desativar, { senha: 'errada' }, caller)).toEqual(incorreta);
    expect(await usuarios.refusal(desativar, { senha })).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await usuarios.refusal(trocar, { senhaAtual: senha, senhaNova: nova })).toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });
});
