import { type ComCorreio, deAlgumLugar, novoEmail, startComCorreio, tokenInvalido } from '../testing/correio';
import { createSessoes, entrar, renovar } from '../testing/sessoes';
import { senha } from '../testing/start-usuarios';

let usuarios: ComCorreio;
beforeAll(async () => {
  usuarios = await startComCorreio();
});
afterAll(() => usuarios.stop());

const pedir = `mutation ($email: Email!) { pedirRedefinicaoDeSenha(dados: { email: $email }) }`;
const redefinir = `mutation ($dados: RedefinirSenhaInput!) { redefinirSenha(dados: $dados) }`;
const nova = 'outra senha comprida';

const pedido = async (email: string) => {
  const seen = usuarios.mailbox.tokensOf(email, 'redefinir-senha').length;
  await usuarios.data(pedir, { email }, null, deAlgumLugar());
  return usuarios.mailbox.nextToken(email, 'redefinir-senha', seen);
};
const redefinindo = (token: string, given = nova) =>
  usuarios.run(redefinir, { dados: { token, senha: given } }, null, deAlgumLugar());
const recusa = async (token: string, given?: string) =>
  (await redefinindo(token, given)).errors?.[0]?.extensions;
const entrando = async (email: string, given: string) =>
  (await usuarios.run(entrar, { email, senha: given }, null, deAlgumLugar())).errors?.[0]?.extensions?.motivo;

const pessoa = () => createSessoes(usuarios).pessoa();

describe('redefinirSenha', () => {
  it('puts the new password in the place of the old one', async () => {
    const { email } = await pessoa();
    expect(await redefinindo(await pedido(email))).toEqual({ data: { redefinirSenha: true } });
    expect(await entrando(email, senha)).toBe('CREDENCIAIS_INVALIDAS');
    expect(await entrando(email, nova)).toBeUndefined();
  });

  it('ends every session of the person, and refuses every token issued so far', async () => {
    const { email, sessao, caller } = await pessoa();
    const before = new Date();
    await redefinindo(await pedido(email));
    const { errors } = await usuarios.run(renovar, { token: sessao.tokenRenovacao });
    expect(errors?.[0]?.extensions?.motivo).toBe('SESSAO_INVALIDA');
    const [entry] = await usuarios.rowsOf('SELECT * FROM revogacao WHERE usuario_id = $1', [
      caller.usuarioId,
    ]);
    expect(entry.desde.getTime()).toBeGreaterThan(before.getTime());
  });

  it('uses up every other token for it, and none for anything else', async () => {
    const { email } = await pessoa();
    const other = await pedido(email);
    const token = await pedido(email);
    const registro = await usuarios.pedido({ email });
    await redefinindo(token);
    expect(await recusa(token)).toEqual(tokenInvalido);
    expect(await recusa(other)).toEqual(tokenInvalido);
    expect(await recusa(registro.token)).toEqual(tokenInvalido);
    await usuarios.confirmado(registro.token, nova);
  });

  it('lets one of 50 at once succeed, whichever of several tokens they have', async () => {
    const { email } = await pessoa();
    const tokens = [await pedido(email), await pedido(email), await pedido(email)];
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) => redefinindo(tokens[i % 3]!, `${nova} ${i}`)),
    );
    const refusals = answers.flatMap(({ errors }) => errors?.[0]?.extensions ?? []);
    expect(refusals).toHaveLength(49);
    // On a machine that has too much to do, some do not get as far as their token.
    const sobrecarga = { code: 'SUBGRAPH_UNAVAILABLE', motivo: 'SOBRECARGA' };
    for (const refusal of refusals) expect([tokenInvalido, sobrecarga]).toContainEqual(refusal);
    const winner = answers.findIndex(({ errors }) => !errors);
    expect(await entrando(email, `${nova} ${winner}`)).toBeUndefined();
  });

  it('forgives the attempts that locked the person out', async () => {
    const { email } = await pessoa();
    for (let i = 0; i < 51; i += 1) await entrando(email, 'senha errada demais');
    const locked = await usuarios.run(entrar, { email, senha }, null, deAlgumLugar());
    expect(locked.errors?.[0]?.extensions?.code).toBe('RATE_LIMITED');
    await redefinindo(await pedido(email));
    expect(await entrando(email, nova)).toBeUndefined();
  });

  it('tells that the password changed, and neither which nor whose', async () => {
    const { email, caller } = await pessoa();
    await redefinindo(await pedido(email));
    const rows = await usuarios.rowsOf(
      "SELECT dados FROM teia.outbox WHERE organizacao_id = $1 AND dados::text LIKE '%senha%'",
      [caller.organizacaoId],
    );
    expect(rows).toContainEqual({ dados: { usuarioId: caller.usuarioId, campos: ['senha'] } });
    expect(JSON.stringify(rows)).not.toMatch(new RegExp(`${email}|${nova}`));
  });

  it('works for a person who belongs to no organization any more', async () => {
    const { email, caller } = await pessoa();
    await usuarios.admin.query('UPDATE membro SET ativo = false WHERE usuario_id = $1', [caller.usuarioId]);
    expect(await redefinindo(await pedido(email))).toEqual({ data: { redefinirSenha: true } });
  });

  it('does not for one who was deactivated meanwhile, nor after an hour', async () => {
    const gone = await pessoa();
    const token = await pedido(gone.email);
    await usuarios.admin.query('UPDATE usuario SET ativo = false WHERE id = $1', [gone.caller.usuarioId]);
    expect(await recusa(token)).toEqual(tokenInvalido);
    const late = await pessoa();
    const old = await pedido(late.email);
    await usuarios.admin.query('UPDATE confirmacao SET expira_em = now() WHERE email = $1', [late.email]);
    expect(await recusa(old)).toEqual(tokenInvalido);
    expect(await entrando(late.email, senha)).toBeUndefined();
  });

  it('refuses a password that may not be one, and the token stays good', async () => {
    const { email } = await pessoa();
    const token = await pedido(email);
    for (const wrong of ['123456789', '1234567890', email.toUpperCase(), 'a'.repeat(129)]) {
      expect(await recusa(token, wrong)).toMatchObject({
        code: 'BAD_USER_INPUT',
        campos: [{ campo: 'dados.senha' }],
      });
    }
    expect((await redefinindo(token)).errors).toBeUndefined();
  });

  it('answers alike to all that is no token', async () => {
    const tokens = ['', 'a'.repeat(43), novoEmail(), '\u{1f41f}', 'x'.repeat(100_000)];
    const answers = await Promise.all(tokens.map((token) => redefinindo(token)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.errors?.[0]?.extensions).toEqual(tokenInvalido);
  });
});
