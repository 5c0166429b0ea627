import { openPessoas } from '../context';
import { createSessoes, entrar, renovar, type Sessoes, sessaoInvalida } from '../testing/sessoes';
import { senha, startUsuarios, type Usuarios } from '../testing/start-usuarios';

let usuarios: Usuarios;
let sessoes: Sessoes;
let pessoas: ReturnType<typeof openPessoas>;
beforeAll(async () => {
  usuarios = await startUsuarios();
  sessoes = createSessoes(usuarios);
  pessoas = openPessoas(usuarios.database.url);
});
afterAll(async () => {
  await pessoas.stop();
  await usuarios.stop();
});

const recordsIn = (organizacaoId: string) =>
  usuarios.rowsOf('SELECT tipo, dados FROM teia.outbox WHERE organizacao_id = $1', [organizacaoId]);

const desativar = (email: string) => pessoas.ativar(email, false);

it('keeps a person out of everywhere, by whoever runs the installation, and lets them in again', async () => {
  const { email, sessao, caller } = await sessoes.pessoa();
  const outra = await usuarios.registrado({ email, organizacao: 'Confeitaria' });
  await usuarios.data('mutation ($email: Email!) { pedirRedefinicaoDeSenha(dados: { email: $email }) }', {
    email,
  });

  expect(await desativar(email)).toEqual(['Confeitaria', 'Padaria']);
  expect(await usuarios.refusal(renovar, { token: sessao.tokenRenovacao })).toEqual(sessaoInvalida);
  expect(await usuarios.refusal(entrar, { email, senha })).toMatchObject({ code: 'UNAUTHENTICATED' });
  const { usuarioId } = caller;
  expect(await usuarios.rowsOf('SELECT FROM revogacao WHERE usuario_id = $1', [usuarioId])).toHaveLength(1);
  expect(
    await usuarios.rowsOf('SELECT FROM confirmacao WHERE email = $1 AND usada_em IS NULL', [email]),
  ).toEqual([]);
  for (const { organizacaoId } of [caller, outra]) {
    expect(await recordsIn(organizacaoId)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          tipo: 'RegistroDeAuditoria',
          dados: expect.objectContaining({
            acao: 'usuario.desativar',
            usuarioId: null,
            entidadeId: usuarioId,
            campos: ['ativo'],
          }),
        }),
        { tipo: 'UsuarioAlterado', dados: { usuarioId, campos: ['ativo'] } },
      ]),
    );
  }

  expect(await desativar(email)).toBeNull();
  expect(await pessoas.ativar(email, true)).toEqual(['Confeitaria', 'Padaria']);
  expect(await pessoas.ativar(email, true)).toBeNull();
  expect(await usuarios.refusal(renovar, { token: sessao.tokenRenovacao })).toEqual(sessaoInvalida);
  expect(await sessoes.entrado(email)).toBeDefined();
});

it('is nothing to somebody who is not there', async () => {
  expect(await desativar('ninguem@exemplo.com')).toBeNull();
});

it('of two at once happens once, and leaves no session that began meanwhile', async () => {
  const { email, caller } = await sessoes.pessoa();
  const [um, dois] = await Promise.all([
    desativar(email),
    desativar(email),
    ...Array.from({ length: 5 }, () => usuarios.run(entrar, { email, senha })),
  ]);
  expect([um, dois].filter((done) => done === null)).toHaveLength(1);
  expect(
    await usuarios.rowsOf('SELECT FROM sessao WHERE usuario_id = $1 AND revogada_em IS NULL', [
      caller.usuarioId,
    ]),
  ).toEqual([]);
});
