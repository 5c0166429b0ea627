import type { Caller } from '../../../platform/caller';
import {
  aceitar,
  type ComCorreio,
  deAlgumLugar,
  novoEmail,
  startComCorreio,
  tokenInvalido,
} from '../testing/correio';
import { type Plantado, plantarOrganizacao } from '../testing/plantar-organizacao';
import { senha } from '../testing/start-usuarios';

let usuarios: ComCorreio;
beforeAll(async () => {
  usuarios = await startComCorreio();
});
afterAll(() => usuarios.stop());

const convidar = `mutation ($email: Email!, $perfil: ID!) {
  convidarUsuario(dados: { email: $email, perfilIds: [$perfil] }) { id }
}`;
const reenviar = 'mutation ($id: ID!) { reenviarConvite(dados: { conviteId: $id }) { id } }';
const desativado = { code: 'CONFLICT', motivo: 'MEMBRO_DESATIVADO' };

type Embutidos = Parameters<Awaited<ReturnType<typeof plantarOrganizacao>>['pessoa']>[0];

/** Somebody who had these perfis and was deactivated, known by the usual password. */
const padariaSem = async (embutidos: Embutidos) => {
  const org = await plantarOrganizacao((sql, values) => usuarios.admin.query(sql, values));
  const email = novoEmail();
  const { usuarioId } = await usuarios.registrado({ email });
  const { membroId } = await org.pessoa(embutidos, usuarioId);
  await usuarios.admin.query('UPDATE membro SET ativo = false WHERE id = $1', [membroId]);
  return { ...org, email, membroId };
};
type Padaria = Awaited<ReturnType<typeof padariaSem>>;

const convidando = ({ email, perfis }: Padaria, caller: Caller) =>
  usuarios.run(convidar, { email, perfil: perfis.LEITURA }, caller);
const recusa = async (org: Padaria, caller: Caller) =>
  (await convidando(org, caller)).errors?.[0]?.extensions;

/** Somebody whose only perfil, a custom one, grants these. */
const pessoaQuePode = async (org: Padaria, permissoes: readonly string[]): Promise<Plantado> => {
  const pessoa = await org.pessoa([]);
  const [{ id }] = await usuarios.rowsOf(
    `INSERT INTO perfil VALUES (uuidv7(), $1, $2, $2, NULL, 1, now()) RETURNING id`,
    [org.organizacaoId, permissoes.join()],
  );
  for (const permissao of permissoes) {
    await usuarios.admin.query("INSERT INTO concessao VALUES ($1, $2, $3, 'TODOS')", [
      org.organizacaoId,
      id,
      permissao,
    ]);
  }
  await usuarios.admin.query('INSERT INTO membro_perfil VALUES ($1, $2, $3)', [
    org.organizacaoId,
    pessoa.membroId,
    id,
  ]);
  const concedidas = Object.fromEntries(permissoes.map((permissao) => [permissao, 'TODOS']));
  return { ...pessoa, caller: { ...pessoa.caller, permissoes: concedidas } };
};
const leitura = ['usuarios:ler', 'organizacao:ler', 'clientes:ler', 'vendas:ler'];

describe('whoever was deactivated', () => {
  it.each([[['ADMINISTRADOR']], [['LEITURA']]] as const)(
    'as %s is not invited by who may only invite',
    async (embutidos) => {
      const org = await padariaSem([...embutidos]);
      expect(await recusa(org, (await org.pessoa(['GERENTE'])).caller)).toEqual(desativado);
    },
  );

  it('is not invited by who administers people, but may less than they could', async () => {
    const org = await padariaSem(['GERENTE']);
    const permissoes = ['usuarios:convidar', 'usuarios:administrar', ...leitura];
    const { caller } = await pessoaQuePode(org, permissoes);
    expect(await recusa(org, caller)).toEqual(desativado);
    await usuarios.admin.query('UPDATE membro_perfil SET perfil_id = $2 WHERE membro_id = $1', [
      org.membroId,
      org.perfis.LEITURA,
    ]);
    expect(await recusa(org, caller)).toBeUndefined();
  });

  it('is sent no invitation again by who may only invite', async () => {
    const org = await padariaSem(['LEITURA']);
    const { data } = await convidando(org, (await org.pessoa()).caller);
    const { id } = (data as { convidarUsuario: { id: string } }).convidarUsuario;
    const { caller } = await org.pessoa(['GERENTE']);
    expect(await usuarios.refusal(reenviar, { id }, caller)).toEqual(desativado);
  });

  it('comes back by who administers, and no more once who invited administers no longer', async () => {
    const org = await padariaSem(['LEITURA']);
    const { caller, membroId } = await org.pessoa();
    await convidando(org, caller);
    const token = await usuarios.mailbox.nextToken(org.email, 'aceitar-convite');
    const aceitando = () =>
      usuarios.run(aceitar, { dados: { token, nome: 'Bia', senha } }, null, deAlgumLugar());
    const darAQuemConvidou = (perfilId: string) =>
      usuarios.admin.query('UPDATE membro_perfil SET perfil_id = $2 WHERE membro_id = $1', [
        membroId,
        perfilId,
      ]);
    await darAQuemConvidou(org.perfis.GERENTE);
    expect((await aceitando()).errors?.[0]?.extensions).toEqual(tokenInvalido);
    await darAQuemConvidou(org.perfis.ADMINISTRADOR);
    expect((await aceitando()).errors).toBeUndefined();
    expect(await usuarios.perfisDe(org.membroId)).toEqual(['LEITURA']);
  });
});
