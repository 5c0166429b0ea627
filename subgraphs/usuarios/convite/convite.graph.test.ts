import { randomUUID } from 'node:crypto';
import type { Caller } from '../../../platform/caller';
import { granting } from '../../../platform/testing/callers';
import {
  aceitar,
  type ComCorreio,
  credenciaisInvalidas,
  deAlgumLugar,
  novoEmail,
  startComCorreio,
  tokenInvalido,
} from '../testing/correio';
import { plantarOrganizacao } from '../testing/plantar-organizacao';
import { senha } from '../testing/start-usuarios';

let usuarios: ComCorreio;
beforeAll(async () => {
  usuarios = await startComCorreio();
});
afterAll(() => usuarios.stop());

const campos = 'id email situacao expiraEm convidadoPor { id } perfis { id embutido }';
const convidar = `mutation ($dados: ConvidarUsuarioInput!) { convidarUsuario(dados: $dados) { ${campos} } }`;
const cancelar = `mutation ($id: ID!) { cancelarConvite(dados: { conviteId: $id }) { ${campos} } }`;
const reenviar = `mutation ($id: ID!) { reenviarConvite(dados: { conviteId: $id }) { ${campos} } }`;
const convites = `query ($first: Int, $after: String) {
  convites(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor } edges { node { ${campos} } } }
}`;

const plantar = () => plantarOrganizacao((sql, values) => usuarios.admin.query(sql, values));

/** An organization with its administrator. */
const padaria = async () => {
  const organizacao = await plantar();
  return { ...organizacao, admin: (await organizacao.pessoa()).caller };
};
type Padaria = Awaited<ReturnType<typeof padaria>>;

const convidado = async (
  { admin, perfis }: Padaria,
  { email = novoEmail(), por = admin as Caller, perfilIds = [perfis.VENDEDOR] } = {},
) => {
  const seen = usuarios.mailbox.tokensOf(email, 'aceitar-convite').length;
  const { convidarUsuario } = await usuarios.data(convidar, { dados: { email, perfilIds } }, por);
  const token = await usuarios.mailbox.nextToken(email, 'aceitar-convite', seen);
  return { email, convite: convidarUsuario, token };
};
const aceitando = (token: string, given: object = {}) =>
  usuarios.run(aceitar, { dados: { token, nome: 'Bia', senha, ...given } }, null, deAlgumLugar());
const aceito = async (token: string, given: object = {}) => {
  const { data, errors } = await aceitando(token, given);
  if (errors) throw new Error(JSON.stringify(errors));
  // biome-ignore lint/suspicious/noExplicitAny: the shape is what is asserted
  return (data as any).aceitarConvite;
};
const recusa = async (token: string, given?: object) =>
  (await aceitando(token, given)).errors?.[0]?.extensions;
const situacaoDe = async ({ admin }: Padaria, id: string) => {
  const { edges } = (await usuarios.data(convites, {}, admin)).convites;
  return edges.find(({ node }: { node: { id: string } }) => node.id === id).node.situacao;
};

describe('convidarUsuario and aceitarConvite', () => {
  it('let a new person in, with the perfis of the invitation', async () => {
    const org = await padaria();
    const { email, convite, token } = await convidado(org);
    expect(convite).toMatchObject({
      email,
      situacao: 'ABERTO',
      convidadoPor: { id: org.admin.usuarioId },
      perfis: [{ embutido: 'VENDEDOR' }],
    });
    const { usuario } = await aceito(token, { nome: ' Bia  da  Ávila ' });
    expect(usuario).toMatchObject({
      nome: 'Bia da Ávila',
      email,
      membro: { ativo: true, organizacao: { id: org.organizacaoId } },
    });
    expect(await usuarios.perfisDe(usuario.membro.id)).toEqual(['VENDEDOR']);
    expect(await situacaoDe(org, convite.id)).toBe('ACEITO');
  });

  it('let a person in who belongs to another organization, by the password that they have', async () => {
    const org = await padaria();
    const email = novoEmail();
    const { usuarioId } = await usuarios.registrado({ email, nome: 'Caio' });
    const { token } = await convidado(org, { email });
    expect(await recusa(token, { senha: 'outra senha comprida' })).toEqual(credenciaisInvalidas);
    const { usuario } = await aceito(token);
    expect(usuario).toMatchObject({ id: usuarioId, nome: 'Caio' });
    const ties = await usuarios.rowsOf('SELECT FROM membro WHERE usuario_id = $1', [usuarioId]);
    expect(ties).toHaveLength(2);
  });

  it('let one of 50 at once succeed: one person, one Membro, one of each event', async () => {
    const org = await padaria();
    const { email, convite, token } = await convidado(org);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) => aceitando(token, { nome: `Bia ${i}`, senha: `${senha} ${i}` })),
    );
    // Who comes once the person is there has another password than theirs.
    const refusals = answers.flatMap(({ errors }) => errors?.[0]?.extensions ?? []);
    expect(refusals).toHaveLength(49);
    for (const refusal of refusals) expect([tokenInvalido, credenciaisInvalidas]).toContainEqual(refusal);
    const [pessoa, ...others] = await usuarios.pessoasCom(email);
    expect(others).toEqual([]);
    const ties = await usuarios.rowsOf('SELECT FROM membro WHERE usuario_id = $1', [pessoa.id]);
    expect(ties).toHaveLength(1);
    const events = await usuarios.rowsOf(
      "SELECT tipo FROM teia.outbox WHERE organizacao_id = $1 AND tipo <> 'RegistroDeAuditoria' ORDER BY tipo",
      [org.organizacaoId],
    );
    expect(events.map(({ tipo }) => tipo)).toEqual([
      'ConviteAceito',
      'MembroAdicionado',
      'UsuarioAutenticado',
      'UsuarioConvidado',
      'UsuarioCriado',
    ]);
    expect(await situacaoDe(org, convite.id)).toBe('ACEITO');
  });

  it('let an existing person in once, of 50 at once', async () => {
    const org = await padaria();
    const email = novoEmail();
    const { usuarioId } = await usuarios.registrado({ email });
    const { token } = await convidado(org, { email });
    // Ten passwords of one account are under way at a time: more are refused before they are looked at.
    const answers = await Promise.all(Array.from({ length: 50 }, () => aceitando(token)));
    expect(answers.filter(({ errors }) => !errors)).toHaveLength(1);
    const ties = await usuarios.rowsOf('SELECT FROM membro WHERE usuario_id = $1', [usuarioId]);
    expect(ties).toHaveLength(2);
  });

  it('let somebody in again who had been deactivated, with the new perfis only', async () => {
    const org = await padaria();
    const email = novoEmail();
    const { caller, membroId } = await org.pessoa(['GERENTE']);
    const { rows } = await usuarios.admin.query('SELECT senha_hash FROM usuario WHERE id = $1', [
      (await usuarios.registrado()).usuarioId,
    ]);
    await usuarios.admin.query('UPDATE usuario SET email = $2, senha_hash = $3 WHERE id = $1', [
      caller.usuarioId,
      email,
      rows[0].senha_hash,
    ]);
    await usuarios.admin.query('UPDATE membro SET ativo = false WHERE id = $1', [membroId]);
    const { token } = await convidado(org, { email });
    const { usuario } = await aceito(token);
    expect(usuario.membro).toMatchObject({ id: membroId, ativo: true });
    expect(await usuarios.perfisDe(membroId)).toEqual(['VENDEDOR']);
  });

  it('answer the same, whether or not the address is somebody`s', async () => {
    const org = await padaria();
    const known = novoEmail();
    await usuarios.registrado({ email: known });
    const [one, other] = [await convidado(org), await convidado(org, { email: known })];
    const shape = ({ id: _, email: __, expiraEm: ___, ...rest }: typeof one.convite) => rest;
    expect(shape(one.convite)).toEqual(shape(other.convite));
  });
});

describe('an invitation is of no use', () => {
  it('after it was cancelled, nor after 7 days', async () => {
    const org = await padaria();
    const { convite, token } = await convidado(org);
    expect((await usuarios.data(cancelar, { id: convite.id }, org.admin)).cancelarConvite.situacao).toBe(
      'CANCELADO',
    );
    expect(await recusa(token)).toEqual(tokenInvalido);
    const late = await convidado(org);
    await usuarios.admin.query('UPDATE convite SET expira_em = now() WHERE id = $1', [late.convite.id]);
    expect(await recusa(late.token)).toEqual(tokenInvalido);
    expect(await situacaoDe(org, late.convite.id)).toBe('EXPIRADO');
  });

  it.each([
    ['who sent it was deactivated', 'UPDATE membro SET ativo = false WHERE usuario_id = $1'],
    ['who sent it is gone', 'UPDATE usuario SET ativo = false WHERE id = $1'],
    [
      'who sent it may invite no more',
      'DELETE FROM membro_perfil WHERE membro_id IN (SELECT id FROM membro WHERE usuario_id = $1)',
    ],
  ])('after %s', async (_, sql) => {
    const org = await padaria();
    const { caller } = await org.pessoa(['ADMINISTRADOR']);
    const { email, token } = await convidado(org, { por: caller, perfilIds: [org.perfis.ADMINISTRADOR] });
    await usuarios.admin.query(sql, [caller.usuarioId]);
    expect(await recusa(token)).toEqual(tokenInvalido);
    expect(await usuarios.pessoasCom(email)).toEqual([]);
  });

  it('for more than who sent it may do by then', async () => {
    const org = await padaria();
    const { caller, membroId } = await org.pessoa(['ADMINISTRADOR']);
    const { token } = await convidado(org, { por: caller, perfilIds: [org.perfis.ADMINISTRADOR] });
    await usuarios.admin.query('UPDATE membro_perfil SET perfil_id = $2 WHERE membro_id = $1', [
      membroId,
      org.perfis.GERENTE,
    ]);
    expect(await recusa(token)).toEqual(tokenInvalido);
  });

  it('to whom nobody sent it: an unknown, used or other token is answered alike', async () => {
    const org = await padaria();
    const { token } = await convidado(org);
    const registro = await usuarios.pedido();
    await aceito(token);
    for (const wrong of [token, registro.token, 'a'.repeat(43), '', 'x'.repeat(100_000)]) {
      expect(await recusa(wrong)).toEqual(tokenInvalido);
    }
  });

  it('for a perfil that was excluded meanwhile; the others are given', async () => {
    const org = await padaria();
    const outro = randomUUID();
    await usuarios.admin.query("INSERT INTO perfil VALUES ($1, $2, 'Caixa', 'caixa', NULL, 1, now())", [
      outro,
      org.organizacaoId,
    ]);
    const { token } = await convidado(org, { perfilIds: [outro, org.perfis.LEITURA] });
    await usuarios.admin.query('DELETE FROM perfil WHERE id = $1', [outro]);
    const { usuario } = await aceito(token);
    expect(await usuarios.perfisDe(usuario.membro.id)).toEqual(['LEITURA']);
  });
});

describe('who invites', () => {
  it('gives no perfil that goes beyond what they may do, and none of another organization', async () => {
    const org = await padaria();
    const outra = await padaria();
    const { caller: gerente } = await org.pessoa(['GERENTE']);
    const tentar = (perfilIds: string[], por = gerente) =>
      usuarios.refusal(convidar, { dados: { email: novoEmail(), perfilIds } }, por);
    expect(await tentar([org.perfis.ADMINISTRADOR])).toMatchObject({ motivo: 'ALEM_DAS_SUAS_PERMISSOES' });
    const missing = await tentar([randomUUID()], org.admin);
    expect(missing).toMatchObject({ code: 'NOT_FOUND' });
    expect(await tentar([outra.perfis.LEITURA], org.admin)).toEqual(missing);
    expect(await tentar(['x'], org.admin)).toMatchObject({
      code: expect.stringMatching(/NOT_FOUND|BAD_USER/),
    });
    expect(await tentar([], org.admin)).toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it('needs the permission now, whatever the token says', async () => {
    const org = await padaria();
    const { caller } = await org.pessoa(['VENDEDOR']);
    const dados = { email: novoEmail(), perfilIds: [org.perfis.LEITURA] };
    expect(await usuarios.refusal(convidar, { dados }, caller)).toMatchObject({ code: 'FORBIDDEN' });
    const boastful = { ...caller, permissoes: granting() };
    expect(await usuarios.refusal(convidar, { dados }, boastful)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await usuarios.refusal(convites, {}, caller)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await usuarios.refusal(convidar, { dados }, null)).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('invites nobody twice, nor who is there, of 20 at once', async () => {
    const org = await padaria();
    const email = novoEmail();
    const dados = { email, perfilIds: [org.perfis.LEITURA] };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => usuarios.run(convidar, { dados }, org.admin)),
    );
    const refusals = answers.flatMap(({ errors }) => errors?.[0]?.extensions ?? []);
    expect(refusals).toEqual(
      Array.from({ length: 19 }, () => ({ code: 'CONFLICT', motivo: 'CONVITE_ABERTO' })),
    );
    await aceito(await usuarios.mailbox.nextToken(email, 'aceitar-convite'));
    expect(await usuarios.refusal(convidar, { dados }, org.admin)).toEqual({
      code: 'CONFLICT',
      motivo: 'JA_E_MEMBRO',
    });
  });

  it('sends an invitation again in their own name, for another 7 days, also one that expired', async () => {
    const org = await padaria();
    const { caller: gerente } = await org.pessoa(['GERENTE']);
    const { email, convite, token } = await convidado(org, { por: gerente });
    await usuarios.admin.query("UPDATE convite SET expira_em = now() - interval '1 day' WHERE id = $1", [
      convite.id,
    ]);
    const { reenviarConvite } = await usuarios.data(reenviar, { id: convite.id }, org.admin);
    expect(reenviarConvite).toMatchObject({
      id: convite.id,
      situacao: 'ABERTO',
      convidadoPor: { id: org.admin.usuarioId },
    });
    expect(new Date(reenviarConvite.expiraEm).getTime() - Date.now()).toBeGreaterThan(6.9 * 86_400_000);
    const again = await usuarios.mailbox.nextToken(email, 'aceitar-convite', 1);
    await aceito(again);
    expect(await recusa(token)).toEqual(tokenInvalido);
    for (const document of [reenviar, cancelar]) {
      expect(await usuarios.refusal(document, { id: convite.id }, org.admin)).toEqual({
        code: 'CONFLICT',
        motivo: 'CONVITE_ENCERRADO',
      });
    }
  });

  it('cannot reach an invitation of another organization: it is as one that is not there', async () => {
    const [org, outra] = [await padaria(), await padaria()];
    const { convite, token } = await convidado(org);
    for (const document of [reenviar, cancelar]) {
      const missing = await usuarios.run(document, { id: randomUUID() }, outra.admin);
      expect(missing.errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
      expect(await usuarios.run(document, { id: convite.id }, outra.admin)).toEqual(missing);
      expect(await usuarios.run(document, { id: 'nada' }, outra.admin)).toEqual(missing);
    }
    expect((await usuarios.data(convites, {}, outra.admin)).convites).toMatchObject({
      totalCount: 0,
      edges: [],
    });
    await aceito(token);
  });

  it('sees the invitations by pages, newest first', async () => {
    const org = await padaria();
    const sent: string[] = [];
    for (let i = 0; i < 5; i += 1) sent.unshift((await convidado(org)).convite.id);
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: {
        edges: { node: { id: string } }[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
      } = (await usuarios.data(convites, { first: 2, after }, org.admin)).convites;
      seen.push(...page.edges.map(({ node }) => node.id));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after);
    expect(seen).toEqual(sent);
  });

  it('shows who invited to whom people may be shown, and to themselves', async () => {
    const org = await padaria();
    const { caller: gerente } = await org.pessoa(['GERENTE']);
    await convidado(org);
    await convidado(org, { por: gerente });
    const soConvida = { ...gerente, permissoes: granting(['usuarios:convidar']) };
    const seen = async (caller: Caller) =>
      (await usuarios.data(convites, {}, caller)).convites.edges.map(
        ({ node }: { node: { convidadoPor: object | null } }) => node.convidadoPor,
      );
    const [dele, dela] = [{ id: gerente.usuarioId }, { id: org.admin.usuarioId }];
    expect(await seen(gerente)).toEqual([dele, dela]);
    expect(await seen(soConvida)).toEqual([dele, null]);
  });

  it('accepts and cancels at once: one of the two is so', async () => {
    const org = await padaria();
    for (let i = 0; i < 5; i += 1) {
      const { email, convite, token } = await convidado(org);
      const [accepted, cancelled] = await Promise.all([
        aceitando(token),
        usuarios.run(cancelar, { id: convite.id }, org.admin),
      ]);
      expect([accepted.errors, cancelled.errors].filter(Boolean)).toHaveLength(1);
      expect(await usuarios.pessoasCom(email)).toHaveLength(accepted.errors ? 0 : 1);
      expect(await situacaoDe(org, convite.id)).toBe(accepted.errors ? 'CANCELADO' : 'ACEITO');
    }
  });
});
