import { nilUuid } from '../../../platform/uuid';
import {
  type ComCorreio,
  confirmar,
  credenciaisInvalidas,
  deAlgumLugar,
  novoEmail,
  startComCorreio,
  tokenInvalido,
} from '../testing/correio';
import { senha } from '../testing/start-usuarios';

let usuarios: ComCorreio;
beforeAll(async () => {
  usuarios = await startComCorreio();
});
afterAll(() => usuarios.stop());

const registrar = `mutation ($dados: RegistrarOrganizacaoInput!) {
  registrarOrganizacao(dados: $dados) { expiraEm }
}`;
const confirmando = (token: string, given: object = {}) =>
  usuarios.run(confirmar, { dados: { token, senha, ...given } }, null, deAlgumLugar());
const recusa = async (token: string, given: object = {}) =>
  (await confirmando(token, given)).errors?.[0]?.extensions;
const organizacoes = async () =>
  (await usuarios.rowsOf('SELECT count(*)::int AS total FROM organizacao'))[0].total;

describe('registrarOrganizacao and confirmarEmail', () => {
  it('found an organization whose administrator is in it at once', async () => {
    const { email, token } = await usuarios.pedido({
      organizacao: '  Pão  & 日本 🍞 ',
      nome: ' Zé da  Ávila',
    });
    const { usuario } = await usuarios.confirmado(token);
    expect(usuario).toMatchObject({
      nome: 'Zé da Ávila',
      email,
      membro: { organizacao: { nome: 'Pão & 日本 🍞' } },
    });
    expect(await usuarios.perfisDe(usuario.membro.id)).toEqual(['ADMINISTRADOR']);
    const [pessoa] = await usuarios.pessoasCom(email);
    expect(pessoa.senha_hash).toMatch(/^\$argon2id\$/);
  });

  it('make nothing but a request until the address is confirmed, and keep no token', async () => {
    const before = await organizacoes();
    const { email, token } = await usuarios.pedido();
    expect(await usuarios.pessoasCom(email)).toEqual([]);
    expect(await organizacoes()).toBe(before);
    const rows = await usuarios.rowsOf('SELECT * FROM confirmacao WHERE email = $1', [email]);
    expect(rows).toMatchObject([{ tipo: 'REGISTRO', tentativas: 1, usada_em: null }]);
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it('write their three events in the new organization, without personal values', async () => {
    const { email, token } = await usuarios.pedido();
    const { usuario } = await usuarios.confirmado(token);
    const rows = await usuarios.rowsOf(
      "SELECT * FROM teia.outbox WHERE organizacao_id = $1 AND tipo <> 'RegistroDeAuditoria' ORDER BY tipo",
      [usuario.membro.organizacao.id],
    );
    expect(rows.map(({ tipo }) => tipo)).toEqual(
      expect.arrayContaining(['OrganizacaoCriada', 'UsuarioAutenticado', 'UsuarioCriado']),
    );
    expect(JSON.stringify(rows)).not.toMatch(new RegExp(`${email}|Padaria|${token}`));
  });

  it('give another organization to the person whose password it is, and who keeps the name', async () => {
    const first = await usuarios.pedido();
    const one = await usuarios.confirmado(first.token);
    const second = await usuarios.pedido({ email: first.email, organizacao: 'Confeitaria', nome: 'Outro' });
    expect(await recusa(second.token, { senha: 'outra senha comprida' })).toEqual(credenciaisInvalidas);
    const other = await usuarios.confirmado(second.token);
    expect(other.usuario).toMatchObject({ id: one.usuario.id, nome: 'Ana' });
    expect(other.usuario.membro.organizacao).toMatchObject({ nome: 'Confeitaria' });
    expect(other.usuario.membro.organizacao.id).not.toBe(one.usuario.membro.organizacao.id);
  });

  it('are of no use to a person who was deactivated', async () => {
    const { email, token } = await usuarios.pedido();
    await usuarios.confirmado(token);
    await usuarios.admin.query('UPDATE usuario SET ativo = false WHERE email = $1', [email]);
    const before = await organizacoes();
    expect(await recusa((await usuarios.pedido({ email })).token)).toEqual(credenciaisInvalidas);
    expect(await organizacoes()).toBe(before);
  });

  it('let one of 50 at once succeed', async () => {
    const { email, token } = await usuarios.pedido();
    const before = await organizacoes();
    const answers = await Promise.all(Array.from({ length: 50 }, () => confirmando(token)));
    const refusals = answers.flatMap(({ errors }) => errors?.[0]?.extensions ?? []);
    expect(refusals).toEqual(Array.from({ length: 49 }, () => tokenInvalido));
    expect(await organizacoes()).toBe(before + 1);
    expect(await usuarios.pessoasCom(email)).toHaveLength(1);
  });

  it('make one person of two tokens at once, and lose none of the two', async () => {
    const one = await usuarios.pedido();
    const other = await usuarios.pedido({ email: one.email });
    const answers = await Promise.all([confirmando(one.token), confirmando(other.token)]);
    for (const { errors } of answers) {
      if (errors)
        expect(errors[0]?.extensions).toEqual({ code: 'CONFLICT', motivo: 'CADASTRO_NAO_CONCLUIDO' });
    }
    const pending = [one.token, other.token].filter((_, i) => answers[i]?.errors);
    for (const token of pending) await usuarios.confirmado(token);
    const [pessoa, ...others] = await usuarios.pessoasCom(one.email);
    expect(others).toEqual([]);
    const ties = await usuarios.rowsOf('SELECT FROM membro WHERE usuario_id = $1', [pessoa.id]);
    expect(ties).toHaveLength(2);
  });

  it('answer alike to a token that never was, was used, has expired or is for something else', async () => {
    const used = await usuarios.pedido();
    await usuarios.confirmado(used.token);
    const expired = await usuarios.pedido();
    await usuarios.admin.query('UPDATE confirmacao SET expira_em = now() WHERE email = $1', [expired.email]);
    const other = await usuarios.pedido();
    await usuarios.admin.query(
      "UPDATE confirmacao SET tipo = 'SENHA', organizacao = NULL, nome = NULL WHERE email = $1",
      [other.email],
    );
    const tokens = [
      'a'.repeat(43),
      '',
      '\u{1f41f}',
      'x'.repeat(100_000),
      nilUuid,
      "' OR 1=1 --",
      `${used.token} `,
      used.token,
      expired.token,
      other.token,
    ];
    const answers = await Promise.all(tokens.map((token) => confirmando(token)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.errors?.[0]?.extensions).toEqual(tokenInvalido);
  });

  it.each([
    ['a short password', '123456789'],
    ['a password that is short once composed', 'ã'.normalize('NFD').repeat(9)],
    ['one of those tried first', '1234567890'],
    ['the e-mail', 'EMAIL'],
    ['a huge password', 'a'.repeat(129)],
  ])('refuse %s, and the token stays good', async (_, wrong) => {
    const { email, token } = await usuarios.pedido();
    const given = wrong === 'EMAIL' ? email.toUpperCase() : wrong;
    const answer = await confirmando(token, { senha: given });
    expect(answer.errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      campos: [{ campo: 'dados.senha' }],
    });
    expect(JSON.stringify(answer)).not.toContain(given);
    await usuarios.confirmado(token);
  });

  it.each([
    ['an organization of spaces', { organizacao: ' \n ' }, 'dados.organizacao'],
    ['a huge organization', { organizacao: 'x'.repeat(1_000_000) }, 'dados.organizacao'],
    ['a person without a name', { nome: '' }, 'dados.nome'],
    ['a name that nobody could store', { nome: 'a\u0000b' }, 'dados.nome'],
    ['no e-mail', { email: 'ana' }, 'dados.email'],
    ['two e-mails', { email: 'ana@exemplo.com, bia@exemplo.com' }, 'dados.email'],
    ['an e-mail with a header', { email: 'ana@exemplo.com\r\nBcc: bia@exemplo.com' }, 'dados.email'],
    ['an e-mail of letters that look like it', { email: 'аna@exemplo.com' }, 'dados.email'],
    ['a password', { senha }, 'dados.senha'],
  ])('refuse %s, repeating none of it', async (_, wrong, campo) => {
    const dados = { organizacao: 'Padaria', nome: 'Ana', email: novoEmail(), ...wrong };
    const answer = await usuarios.run(registrar, { dados }, null, deAlgumLugar());
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', campos: [{ campo }] });
    expect(JSON.stringify(answer).length).toBeLessThan(500);
  });
});
