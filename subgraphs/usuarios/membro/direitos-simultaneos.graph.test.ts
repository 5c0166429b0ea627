import { randomUUID } from 'node:crypto';
import { decodeJwt } from 'jose';
import type { Caller } from '../../../platform/caller';
import type { Permission, Permissoes } from '../../../platform/permissions';
import { type ConcessaoEscrita, permissoesDosPerfis } from '../perfil/concessoes';
import { PerfilEmbutido } from '../perfil/perfis-embutidos';
import { hashDoToken } from '../sessao/refresh-token';
import { type Plantado, plantarOrganizacao } from '../testing/plantar-organizacao';
import { renovar } from '../testing/sessoes';
import { startUsuarios, type Usuarios } from '../testing/start-usuarios';

let usuarios: Usuarios;
beforeAll(async () => {
  // Sessions are renewed more often than anybody may.
  usuarios = await startUsuarios({ limits: { attempt: async () => {}, forgive: async () => {} } });
});
afterAll(() => usuarios.stop());

const padaria = () => plantarOrganizacao((sql, values) => usuarios.admin.query(sql, values));

const alterar = `mutation ($membroId: ID!, $perfilIds: [ID!]!) {
  alterarPerfisDoMembro(dados: { membroId: $membroId, perfilIds: $perfilIds }) { versao }
}`;
const desativar = 'mutation ($membroId: ID!) { desativarMembro(dados: { membroId: $membroId }) { versao } }';

/** A session, and its refresh token. */
const sessaoDe = async ({ organizacaoId, usuarioId }: Caller): Promise<string> => {
  const token = randomUUID();
  await usuarios.admin.query(
    `INSERT INTO sessao (id, organizacao_id, usuario_id, token_hash, criada_em, usada_em, expira_em)
     VALUES (uuidv7(), $1, $2, $3, now(), now(), now() + interval '1 day')`,
    [organizacaoId, usuarioId, hashDoToken(token)],
  );
  return token;
};

type Emitido = { readonly emitidoEm: number; readonly permissoes: Permissoes };
const lido = (tokenAcesso: string): Emitido => {
  const { iat, permissoes } = decodeJwt<{ permissoes: Permissoes }>(tokenAcesso);
  return { emitidoEm: Math.round(iat! * 1000), permissoes };
};
const renovado = async (token: string) => (await usuarios.data(renovar, { token })).renovarSessao;

const administradoresDe = (organizacaoId: string) =>
  usuarios.rowsOf(
    `SELECT FROM membro JOIN membro_perfil ON membro_id = membro.id JOIN perfil ON perfil.id = perfil_id
     WHERE membro.organizacao_id = $1 AND membro.ativo AND embutido = 'ADMINISTRADOR'`,
    [organizacaoId],
  );

describe('100 changes of perfis at once', () => {
  it('lose nothing and double nothing, and the next tokens say what came of them', async () => {
    const org = await padaria();
    const autor = await org.pessoa();
    const pessoas: Plantado[] = [];
    for (let i = 0; i < 10; i++) pessoas.push(await org.pessoa(['LEITURA']));
    const escolhas = Object.values(PerfilEmbutido);
    const changes = Array.from({ length: 100 }, (_, i) => ({
      membroId: pessoas[i % pessoas.length]!.membroId,
      // A different choice each time that it is the same person's turn.
      perfilIds: escolhas
        .filter((__, bit) => ((Math.floor(i / pessoas.length) + 1) >> (bit % 4)) & 1)
        .map((nome) => org.perfis[nome]),
    }));
    // What waits for a connection for too long is refused, and did nothing: whoever wants it asks again.
    const alterando = async (change: object): ReturnType<typeof usuarios.run> => {
      const answer = await usuarios.run(alterar, change, autor.caller);
      return answer.errors?.[0]?.extensions?.motivo === 'SOBRECARGA' ? alterando(change) : answer;
    };
    const answers = await Promise.all(changes.map(alterando));
    expect(answers.flatMap(({ errors }) => errors ?? [])).toEqual([]);

    for (const { membroId, caller } of pessoas) {
      const [{ versao }] = await usuarios.rowsOf('SELECT versao FROM membro WHERE id = $1', [membroId]);
      const told = await usuarios.rowsOf('SELECT sequencia::int FROM teia.outbox WHERE agregado_id = $1', [
        membroId,
      ]);
      const revoked = await usuarios.rowsOf('SELECT FROM revogacao WHERE usuario_id = $1', [
        caller.usuarioId,
      ]);
      // Two equal choices in a row change nothing the second time.
      expect(versao).toBeGreaterThan(1);
      expect([told.length, revoked.length]).toEqual([versao - 1, versao - 1]);
      expect(told.map(({ sequencia }) => sequencia).sort((a, b) => a - b)).toEqual(told.map((_, i) => i + 1));

      const tem = await usuarios.rowsOf(
        'SELECT embutido FROM membro_perfil JOIN perfil ON perfil.id = perfil_id WHERE membro_id = $1',
        [membroId],
      );
      const asked = changes.filter((change) => change.membroId === membroId);
      const ids = tem.map(({ embutido }) => org.perfis[embutido as PerfilEmbutido]).sort();
      expect(asked.map(({ perfilIds }) => [...perfilIds].sort())).toContainEqual(ids);
      const { tokenAcesso } = await renovado(await sessaoDe(caller));
      expect(lido(tokenAcesso).permissoes).toEqual(
        permissoesDosPerfis(tem.map(({ embutido }) => ({ embutido, concessoes: [] }))),
      );
    }
  });

  it('leave somebody who administers the organization, however those who do turn on each other', async () => {
    for (let round = 0; round < 5; round++) {
      const { organizacaoId, perfis, pessoa } = await padaria();
      const admins = [await pessoa(), await pessoa(), await pessoa()];
      const answers = await Promise.all(
        admins.flatMap(({ caller }, i) =>
          admins.flatMap(({ membroId }, j) => [
            usuarios.run(alterar, { membroId, perfilIds: [perfis.LEITURA] }, caller),
            ...(i === j ? [] : [usuarios.run(desativar, { membroId }, caller)]),
          ]),
        ),
      );
      expect(await administradoresDe(organizacaoId)).toHaveLength(1);
      const refusals = answers.flatMap(({ errors }) => errors ?? []).map(({ extensions }) => extensions);
      expect(refusals).toContainEqual(expect.objectContaining({ motivo: 'ULTIMO_ADMINISTRADOR' }));
      for (const refusal of refusals) {
        expect(['CONFLICT', 'FORBIDDEN', 'UNAUTHENTICATED']).toContain(refusal?.code);
      }
    }
  });
});

describe('a renewal at the same time as a change of rights', () => {
  const naLista: readonly Permission[] = [
    'vendas:ler',
    'vendas:escrever',
    'vendas:excluir',
    'clientes:ler',
    'clientes:excluir',
  ];
  const steps = 25;
  /** Grants of which each tells which step it is of. */
  const doPasso = (step: number): ConcessaoEscrita[] =>
    naLista.filter((_, bit) => (step >> bit) & 1).map((permissao) => ({ permissao, alcance: 'TODOS' }));
  const passoDe = (permissoes: Permissoes): number =>
    naLista.reduce((step, nome, bit) => step + (permissoes[nome] ? 1 << bit : 0), 0);

  const criar = `mutation ($nome: String!, $concessoes: [ConcessaoInput!]!) {
    criarPerfil(dados: { nome: $nome, concessoes: $concessoes }) { id }
  }`;
  const editar = `mutation ($id: ID!, $versao: Int!, $concessoes: [ConcessaoInput!]!) {
    editarPerfil(dados: { id: $id, versao: $versao, nome: "Passo", concessoes: $concessoes }) { versao }
  }`;

  type Mundo = {
    readonly autor: Caller;
    readonly membroId: string;
    readonly criado: (nome: string, step: number) => Promise<string>;
  };

  /** Ways to bring somebody from step to step. */
  const ways: Record<string, (mundo: Mundo) => Promise<(step: number) => Promise<unknown>>> = {
    'other perfis': async ({ autor, membroId, criado }) => {
      const ids: string[] = [];
      for (let step = 0; step <= steps; step++) ids.push(await criado(`Passo ${step}`, step));
      return (step) => usuarios.data(alterar, { membroId, perfilIds: [ids[step]] }, autor);
    },
    'what the perfil grants': async ({ autor, membroId, criado }) => {
      const id = await criado('Passo', 0);
      await usuarios.data(alterar, { membroId, perfilIds: [id] }, autor);
      return (step) => usuarios.data(editar, { id, versao: step, concessoes: doPasso(step) }, autor);
    },
  };

  it.each(Object.keys(ways))(
    'by %s leaves no token of before that is younger than the entry',
    async (way) => {
      const org = await padaria();
      const { caller: autor } = await org.pessoa();
      const { caller, membroId } = await org.pessoa([]);
      const criado = async (nome: string, step: number): Promise<string> =>
        (await usuarios.data(criar, { nome, concessoes: doPasso(step) }, autor)).criarPerfil.id;
      const change = await ways[way]!({ autor, membroId, criado });
      await usuarios.admin.query('DELETE FROM revogacao WHERE usuario_id = $1', [caller.usuarioId]);

      let changing = true;
      const emitted: Emitido[] = [];
      const keepRenewing = async (first: string) => {
        let token = first;
        while (changing) {
          const { tokenAcesso, tokenRenovacao } = await renovado(token);
          emitted.push(lido(tokenAcesso));
          token = tokenRenovacao;
        }
        return lido((await renovado(token)).tokenAcesso);
      };
      const tokens: string[] = [];
      for (let i = 0; i < 4; i++) tokens.push(await sessaoDe(caller));
      const renewing = tokens.map(keepRenewing);
      for (let step = 1; step <= steps; step++) await change(step);
      changing = false;
      const last = await Promise.all(renewing);

      const entries = (
        await usuarios.rowsOf('SELECT desde FROM revogacao WHERE usuario_id = $1 ORDER BY desde, id', [
          caller.usuarioId,
        ])
      ).map(({ desde }) => desde.getTime());
      expect(entries).toHaveLength(steps);
      expect(emitted.length).toBeGreaterThan(steps);
      for (const { emitidoEm, permissoes } of emitted) {
        const accepted = entries.filter((desde) => desde <= emitidoEm).length;
        expect(passoDe(permissoes)).toBeGreaterThanOrEqual(accepted);
      }
      expect(last.map(({ permissoes }) => passoDe(permissoes))).toEqual(last.map(() => steps));
    },
  );
});
