import { randomUUID } from 'node:crypto';
import { startUsuarios, type Usuarios } from '../testing/start-usuarios';

let usuarios: Usuarios;
beforeAll(async () => {
  usuarios = await startUsuarios();
});
afterAll(() => usuarios.stop());

const registrar = `mutation ($dados: RegistrarOrganizacaoInput!) {
  registrarOrganizacao(dados: $dados) {
    tokenAcesso tokenRenovacao usuario { id nome email membro { perfil organizacao { id nome } } }
  }
}`;
const renovar = `mutation ($token: String!) {
  renovarSessao(dados: { tokenRenovacao: $token }) { tokenRenovacao }
}`;

const dadosDe = (given: object = {}) => ({
  organizacao: 'Padaria',
  nome: 'Ana',
  email: `${randomUUID()}@exemplo.com`,
  senha: 'uma senha comprida',
  ...given,
});
const registrado = async (dados: object) => (await usuarios.data(registrar, { dados })).registrarOrganizacao;
const peopleWith = (email: string) => usuarios.rowsOf('SELECT * FROM usuario WHERE email = $1', [email]);

describe('registrarOrganizacao', () => {
  it('makes an organization whose administrator is in it at once', async () => {
    const dados = dadosDe({ organizacao: '  Pão  & 日本 🍞 ', nome: ' Zé da  Ávila' });
    const { tokenRenovacao, usuario } = await registrado(dados);
    expect(usuario).toMatchObject({
      nome: 'Zé da Ávila',
      email: dados.email,
      membro: { perfil: 'ADMINISTRADOR', organizacao: { nome: 'Pão & 日本 🍞' } },
    });
    expect(await usuarios.data(renovar, { token: tokenRenovacao })).toBeDefined();
    const [pessoa] = await peopleWith(dados.email);
    expect(pessoa.senha_hash).toMatch(/^\$argon2id\$/);
  });

  it('writes its three events and audit records in the new organization', async () => {
    const { usuario } = await registrado(dadosDe());
    const organizacaoId = usuario.membro.organizacao.id;
    for (const [table, column, expected] of [
      ['teia.outbox', 'tipo', ['OrganizacaoCriada', 'UsuarioAutenticado', 'UsuarioCriado']],
      ['teia.auditoria', 'acao', ['organizacao.registrar', 'sessao.entrar', 'usuario.criar']],
    ] as const) {
      const rows = await usuarios.rowsOf(
        `SELECT ${column} AS nome FROM ${table} WHERE organizacao_id = $1 ORDER BY 1`,
        [organizacaoId],
      );
      expect(rows.map(({ nome }) => nome)).toEqual(expected);
    }
  });

  it('gives another organization to the person whose password it is', async () => {
    const dados = dadosDe();
    const first = await registrado(dados);
    const second = await registrado({ ...dados, organizacao: 'Confeitaria', nome: 'Outro nome' });
    expect(second.usuario).toMatchObject({
      id: first.usuario.id,
      nome: 'Ana',
      membro: { organizacao: { nome: 'Confeitaria' } },
    });
    expect(second.usuario.membro.organizacao.id).not.toBe(first.usuario.membro.organizacao.id);
  });

  it('does not say why, and writes nothing, when the password is another or the person inactive', async () => {
    const dados = dadosDe();
    await registrado(dados);
    const count = () => usuarios.rowsOf('SELECT count(*) FROM organizacao');
    const before = await count();
    const wrong = await usuarios.run(registrar, { dados: { ...dados, senha: 'outra senha comprida' } });
    await usuarios.admin.query('UPDATE usuario SET ativo = false WHERE email = $1', [dados.email]);
    const inactive = await usuarios.run(registrar, { dados });
    expect(wrong).toEqual(inactive);
    expect(wrong.errors?.[0]?.extensions).toEqual({ code: 'CONFLICT', motivo: 'CADASTRO_NAO_CONCLUIDO' });
    expect(await count()).toEqual(before);
  });

  it('of many at once with one address makes one person, and an organization for each that succeeds', async () => {
    const dados = dadosDe();
    const answers = await Promise.all(Array.from({ length: 10 }, () => usuarios.run(registrar, { dados })));
    const succeeded = answers.filter(({ errors }) => !errors);
    expect(succeeded.length).toBeGreaterThan(0);
    for (const { errors } of answers.filter(({ errors }) => errors)) {
      expect(errors?.[0]?.extensions).toEqual({ code: 'CONFLICT', motivo: 'CADASTRO_NAO_CONCLUIDO' });
    }
    const [pessoa, ...others] = await peopleWith(dados.email);
    expect(others).toEqual([]);
    const ties = await usuarios.rowsOf('SELECT * FROM membro WHERE usuario_id = $1', [pessoa.id]);
    expect(ties).toHaveLength(succeeded.length);
  });

  it.each([
    ['an organization of spaces', { organizacao: ' \n ' }, 'dados.organizacao'],
    ['a huge organization', { organizacao: 'x'.repeat(1_000_000) }, 'dados.organizacao'],
    ['a person without a name', { nome: '' }, 'dados.nome'],
    ['a name that nobody could store', { nome: 'a\u0000b' }, 'dados.nome'],
    ['no e-mail', { email: 'ana' }, 'dados.email'],
    ['an e-mail of letters that look like it', { email: 'аna@exemplo.com' }, 'dados.email'],
    ['a short password', { senha: '123456789' }, 'dados.senha'],
    ['a password that is short once composed', { senha: 'ã'.normalize('NFD').repeat(9) }, 'dados.senha'],
    ['a huge password', { senha: 'a'.repeat(129) }, 'dados.senha'],
    ['the e-mail as password', { email: 'ana@exemplo.com', senha: 'Ana@Exemplo.com' }, 'dados.senha'],
    ['a null', { senha: null }, 'dados.senha'],
    ['nothing', { senha: undefined }, 'dados.senha'],
    ['an unknown field', { perfil: 'ADMINISTRADOR' }, 'dados.perfil'],
  ])('refuses %s, repeating none of it', async (_, wrong, campo) => {
    const answer = await usuarios.run(registrar, { dados: dadosDe(wrong) });
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', campos: [{ campo }] });
    expect(JSON.stringify(answer).length).toBeLessThan(500);
  });
});
