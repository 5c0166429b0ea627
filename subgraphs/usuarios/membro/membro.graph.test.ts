import { randomUUID } from 'node:crypto';
import type { Caller } from '../../../platform/caller';
import { permissionNames } from '../../../platform/permissions';
import { countStatements } from '../../../platform/testing/count-statements';
import { plantarOrganizacao } from '../testing/plantar-organizacao';
import { senha, startUsuarios, type Usuarios } from '../testing/start-usuarios';

let usuarios: Usuarios;
beforeAll(async () => {
  usuarios = await startUsuarios();
});
afterAll(() => usuarios.stop());

const padaria = () => plantarOrganizacao((sql, values) => usuarios.admin.query(sql, values));

const alterar = `mutation ($membroId: ID!, $perfilIds: [ID!]!, $versao: Int) {
  alterarPerfisDoMembro(dados: { membroId: $membroId, perfilIds: $perfilIds, versao: $versao }) {
    id versao ativo perfis { nome } permissoes { permissao alcance }
  }
}`;
const desativar = `mutation ($membroId: ID!, $versao: Int) {
  desativarMembro(dados: { membroId: $membroId, versao: $versao }) { id versao ativo }
}`;
const reativar = `mutation ($membroId: ID!, $versao: Int) {
  reativarMembro(dados: { membroId: $membroId, versao: $versao }) { id versao ativo perfis { nome } }
}`;
const encerrar =
  'mutation ($membroId: ID!) { encerrarSessoesDoMembro(dados: { membroId: $membroId }) { id versao } }';

const alem = { code: 'FORBIDDEN', motivo: 'ALEM_DAS_SUAS_PERMISSOES' };
const ultimo = { code: 'CONFLICT', motivo: 'ULTIMO_ADMINISTRADOR' };

const revogacoesDe = (usuarioId: string) =>
  usuarios.rowsOf('SELECT organizacao_id FROM revogacao WHERE usuario_id = $1', [usuarioId]);
const eventosDe = async (membroId: string) =>
  (
    await usuarios.rowsOf('SELECT tipo, dados FROM teia.outbox WHERE agregado_id = $1 ORDER BY sequencia', [
      membroId,
    ])
  ).map(({ tipo, dados }) => [tipo, ...(dados.campos ?? [])]);
const abrirSessao = (caller: Caller) =>
  usuarios.admin.query(
    `INSERT INTO sessao (id, organizacao_id, usuario_id, token_hash, criada_em, usada_em, expira_em)
     VALUES ($1::uuid, $2, $3, $1::text, now(), now(), now() + interval '1 day')`,
    [randomUUID(), caller.organizacaoId, caller.usuarioId],
  );
const sessoesAbertas = async (caller: Caller) =>
  (
    await usuarios.rowsOf(
      'SELECT FROM sessao WHERE organizacao_id = $1 AND usuario_id = $2 AND revogada_em IS NULL',
      [caller.organizacaoId, caller.usuarioId],
    )
  ).length;

describe('membros', () => {
  const query = `query ($first: Int, $after: String, $ativo: Boolean!) {
    membros(first: $first, after: $after, filtro: { ativo: $ativo }) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges { node { id ativo desde usuario { id nome } organizacao { nome } perfis { embutido } } }
    }
  }`;
  type Edge = { node: { id: string } };

  it('are the people of the organization by pages, each once, at a cost that does not grow with them', async () => {
    const { pessoa } = await padaria();
    const { caller, membroId } = await pessoa();
    const ids = [membroId];
    for (let i = 0; i < 6; i++) ids.push((await pessoa(['VENDEDOR', 'LEITURA'])).membroId);
    await (await padaria()).pessoa();

    const found: string[] = [];
    let after: string | null = null;
    do {
      const page: { membros: { edges: Edge[]; pageInfo: { hasNextPage: boolean; endCursor: string } } } =
        await usuarios.data(query, { first: 3, after, ativo: true }, caller);
      found.push(...page.membros.edges.map(({ node }) => node.id));
      after = page.membros.pageInfo.hasNextPage ? page.membros.pageInfo.endCursor : null;
    } while (after);
    expect(found).toEqual(ids);

    const { result, texts } = await countStatements(() => usuarios.data(query, { ativo: true }, caller));
    expect(result.membros.totalCount).toBe(7);
    expect(result.membros.edges[1].node.perfis).toEqual([{ embutido: 'VENDEDOR' }, { embutido: 'LEITURA' }]);
    expect(texts).toHaveLength(3);
  });

  it('are the deactivated ones when these are asked for', async () => {
    const { pessoa } = await padaria();
    const { caller } = await pessoa();
    const { membroId } = await pessoa(['LEITURA']);
    await usuarios.data(desativar, { membroId }, caller);
    const { membros } = await usuarios.data(query, { ativo: false }, caller);
    expect(membros.edges.map(({ node }: Edge) => node.id)).toEqual([membroId]);
  });

  it('are for who may see the people', async () => {
    const { caller } = await (await padaria()).pessoa();
    const cego = { ...caller, permissoes: { 'clientes:ler': 'TODOS' } as const };
    expect(await usuarios.refusal(query, { ativo: true }, cego)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await usuarios.refusal(query, { ativo: true })).toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});

describe('alterarPerfisDoMembro', () => {
  it('gives these perfis and no others, refuses the tokens of before, and is told', async () => {
    const { pessoa, perfis } = await padaria();
    const { caller } = await pessoa();
    const { membroId, caller: ela } = await pessoa(['LEITURA']);
    const perfilIds = [perfis.VENDEDOR, perfis.ATENDENTE, perfis.VENDEDOR.toUpperCase()];
    const { alterarPerfisDoMembro } = await usuarios.data(
      alterar,
      { membroId, perfilIds, versao: 1 },
      caller,
    );
    expect(alterarPerfisDoMembro).toMatchObject({
      versao: 2,
      perfis: [{ nome: 'Vendedor' }, { nome: 'Atendente' }],
    });
    expect(alterarPerfisDoMembro.permissoes).toContainEqual({ permissao: 'clientes:ler', alcance: 'TODOS' });
    expect(alterarPerfisDoMembro.permissoes).toContainEqual({
      permissao: 'vendas:escrever',
      alcance: 'PROPRIOS',
    });
    expect(await revogacoesDe(ela.usuarioId)).toHaveLength(1);
    expect(await eventosDe(membroId)).toEqual([['MembroAlterado', 'perfis']]);

    expect(await usuarios.refusal(alterar, { membroId, perfilIds, versao: 1 }, caller)).toMatchObject({
      motivo: 'VERSAO_DESATUALIZADA',
    });
    await usuarios.data(alterar, { membroId, perfilIds: [...perfilIds].reverse() }, caller);
    expect(await eventosDe(membroId)).toHaveLength(1);
    expect(await revogacoesDe(ela.usuarioId)).toEqual([{ organizacao_id: ela.organizacaoId }]);
  });

  it('answers what each of several changes in one request led to', async () => {
    const { pessoa, perfis } = await padaria();
    const { caller } = await pessoa();
    const { membroId } = await pessoa(['LEITURA']);
    const change = (perfilId: string) =>
      `alterarPerfisDoMembro(dados: { membroId: "${membroId}", perfilIds: ["${perfilId}"] }) { perfis { nome } }`;
    const both = `mutation { a: ${change(perfis.GERENTE)} b: ${change(perfis.FINANCEIRO)} }`;
    expect(await usuarios.data(both, {}, caller)).toEqual({
      a: { perfis: [{ nome: 'Gerente' }] },
      b: { perfis: [{ nome: 'Financeiro' }] },
    });
  });

  it('knows no perfil and no Membro of others, just as none that is missing', async () => {
    const [minha, outra] = [await padaria(), await padaria()];
    const { caller, membroId } = await minha.pessoa();
    const alheio = await outra.pessoa(['LEITURA']);
    const [estranho, nenhum] = await Promise.all(
      [alheio.membroId, randomUUID()].map((id) =>
        usuarios.run(alterar, { membroId: id, perfilIds: [minha.perfis.LEITURA] }, caller),
      ),
    );
    expect(estranho?.errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
    expect(estranho).toEqual(nenhum);
    const [estranhos, nenhuns] = await Promise.all(
      [outra.perfis.LEITURA, randomUUID()].map((id) =>
        usuarios.run(alterar, { membroId, perfilIds: [minha.perfis.ADMINISTRADOR, id] }, caller),
      ),
    );
    expect(estranhos?.errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
    expect(estranhos).toEqual(nenhuns);
    expect(await eventosDe(alheio.membroId)).toEqual([]);
  });

  it('needs some perfil, and not too many', async () => {
    const { caller, membroId } = await (await padaria()).pessoa();
    for (const perfilIds of [[], Array.from({ length: 21 }, () => randomUUID())]) {
      expect(await usuarios.refusal(alterar, { membroId, perfilIds }, caller)).toMatchObject({
        code: 'BAD_USER_INPUT',
        campos: [{ campo: 'dados.perfilIds' }],
      });
    }
  });
});

describe('who administers people', () => {
  /** May administer people, and otherwise only read. */
  const chefe = async () => {
    const org = await padaria();
    const { caller: administrador, membroId: membroDoAdministrador } = await org.pessoa();
    const criar = `mutation { criarPerfil(dados: { nome: "Chefe", concessoes: [
      { permissao: "usuarios:ler" }, { permissao: "organizacao:ler" }, { permissao: "usuarios:administrar" },
      { permissao: "clientes:ler", alcance: EQUIPE }, { permissao: "vendas:ler", alcance: EQUIPE }
    ] }) { id } }`;
    const { id } = (await usuarios.data(criar, {}, administrador)).criarPerfil;
    const { caller, membroId } = await org.pessoa(['LEITURA']);
    await usuarios.data(alterar, { membroId, perfilIds: [id] }, administrador);
    return {
      ...org,
      chefeId: id,
      administrador,
      membroDoAdministrador,
      membroId,
      caller: { ...caller, permissoes: administrador.permissoes },
    };
  };

  it('raises nobody above themselves: not others, not themselves', async () => {
    const { caller, membroId, perfis, chefeId, pessoa } = await chefe();
    const novato = await pessoa([]);
    for (const perfilId of [perfis.ADMINISTRADOR, perfis.LEITURA, perfis.GERENTE]) {
      for (const alvo of [novato.membroId, membroId]) {
        expect(
          await usuarios.refusal(alterar, { membroId: alvo, perfilIds: [chefeId, perfilId] }, caller),
        ).toMatchObject(alem);
      }
    }
    await usuarios.data(alterar, { membroId: novato.membroId, perfilIds: [chefeId] }, caller);
  });

  it('has no power over who may do more', async () => {
    const { caller, membroDoAdministrador, chefeId, pessoa, administrador } = await chefe();
    const gerente = await pessoa(['GERENTE']);
    await abrirSessao(administrador);
    for (const membroId of [membroDoAdministrador, gerente.membroId]) {
      for (const [mutation, variables] of [
        [alterar, { membroId, perfilIds: [chefeId] }],
        [desativar, { membroId }],
        [encerrar, { membroId }],
      ] as const) {
        expect(await usuarios.refusal(mutation, variables, caller)).toMatchObject(alem);
      }
      await usuarios.admin.query('UPDATE membro SET ativo = false WHERE id = $1', [membroId]);
      expect(await usuarios.refusal(reativar, { membroId }, caller)).toMatchObject(alem);
      await usuarios.admin.query('UPDATE membro SET ativo = true WHERE id = $1', [membroId]);
    }
    expect(await sessoesAbertas(administrador)).toBe(1);
  });

  it('is who has the permission now, whatever the token says', async () => {
    const { caller, membroId, perfis, administrador, pessoa } = await chefe();
    const novato = await pessoa([]);
    await usuarios.data(alterar, { membroId, perfilIds: [perfis.LEITURA] }, administrador);
    for (const mutation of [desativar, reativar, encerrar]) {
      expect(await usuarios.refusal(mutation, { membroId: novato.membroId }, caller)).toMatchObject({
        code: 'FORBIDDEN',
      });
    }
  });

  it.each(['GERENTE', 'VENDEDOR', 'ATENDENTE', 'FINANCEIRO', 'LEITURA'] as const)(
    'is no %s',
    async (perfil) => {
      const { pessoa, perfis } = await padaria();
      const { caller } = await pessoa([perfil]);
      const { membroId } = await pessoa([]);
      for (const mutation of [desativar, reativar, encerrar]) {
        expect(await usuarios.refusal(mutation, { membroId }, caller)).toMatchObject({ code: 'FORBIDDEN' });
      }
      const troca = { membroId, perfilIds: [perfis[perfil]] };
      expect(await usuarios.refusal(alterar, troca, caller)).toMatchObject({ code: 'FORBIDDEN' });
    },
  );
});

describe('the last who administers an organization', () => {
  it('stays: inactive people and people of inactive ties do not count', async () => {
    const { pessoa, perfis } = await padaria();
    const { caller, membroId } = await pessoa();
    const [desligado, inativa] = [await pessoa(), await pessoa()];
    await usuarios.data(desativar, { membroId: desligado.membroId }, caller);
    await usuarios.admin.query('UPDATE usuario SET ativo = false WHERE id = $1', [inativa.caller.usuarioId]);

    const rebaixar = { membroId, perfilIds: [perfis.GERENTE] };
    expect(await usuarios.refusal(desativar, { membroId }, caller)).toMatchObject(ultimo);
    expect(await usuarios.refusal(alterar, rebaixar, caller)).toMatchObject(ultimo);
    await usuarios.data(alterar, { membroId, perfilIds: [perfis.GERENTE, perfis.ADMINISTRADOR] }, caller);

    await usuarios.data(reativar, { membroId: desligado.membroId }, caller);
    expect((await usuarios.data(desativar, { membroId }, caller)).desativarMembro).toMatchObject({
      ativo: false,
    });
  });
});

describe('desativarMembro', () => {
  it('ends all sessions in the organization, for good, and those elsewhere go on', async () => {
    const [aqui, la] = [await padaria(), await padaria()];
    const { caller } = await aqui.pessoa();
    const { caller: ela, membroId } = await aqui.pessoa(['LEITURA']);
    const elaLa = (await la.pessoa(['LEITURA'], ela.usuarioId)).caller;
    for (const onde of [ela, ela, elaLa]) await abrirSessao(onde);
    const { desativarMembro } = await usuarios.data(desativar, { membroId, versao: 1 }, caller);
    expect(desativarMembro).toEqual({ id: membroId, versao: 2, ativo: false });
    expect([await sessoesAbertas(ela), await sessoesAbertas(elaLa)]).toEqual([0, 1]);
    expect(await revogacoesDe(ela.usuarioId)).toEqual([{ organizacao_id: ela.organizacaoId }]);
    const dasSessoes =
      'SELECT FROM revogacao JOIN sessao ON sessao.id = sessao_id WHERE sessao.usuario_id = $1';
    expect(await usuarios.rowsOf(dasSessoes, [ela.usuarioId])).toEqual([]);

    await usuarios.data(desativar, { membroId }, caller);
    const { reativarMembro } = await usuarios.data(reativar, { membroId, versao: 2 }, caller);
    expect(reativarMembro).toEqual({ id: membroId, versao: 3, ativo: true, perfis: [{ nome: 'Leitura' }] });
    await usuarios.data(reativar, { membroId }, caller);
    expect(await sessoesAbertas(ela)).toBe(0);
    expect(await eventosDe(membroId)).toEqual([
      ['MembroAlterado', 'ativo'],
      ['MembroAlterado', 'ativo'],
    ]);
  });

  it.each([
    ['desativarMembro', desativar],
    ['reativarMembro', reativar],
    ['encerrarSessoesDoMembro', encerrar],
  ])('and %s: a Membro of others is not there, just as one that is missing', async (_, mutation) => {
    const { caller } = await (await padaria()).pessoa();
    const alheio = await (await padaria()).pessoa();
    const [foreign, missing, none] = await Promise.all(
      [alheio.membroId, randomUUID(), 'não é um id'].map((membroId) =>
        usuarios.run(mutation, { membroId }, caller),
      ),
    );
    expect(foreign?.errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
    expect(foreign).toEqual(missing);
    expect(none).toEqual(missing);
  });
});

describe('encerrarSessoesDoMembro', () => {
  it('ends those in the organization, refuses their tokens, and the person may enter again', async () => {
    const { pessoa } = await padaria();
    const { caller } = await pessoa();
    const { caller: ela, membroId } = await pessoa(['LEITURA']);
    await abrirSessao(ela);
    await abrirSessao(caller);
    await usuarios.data(encerrar, { membroId }, caller);
    await usuarios.data(encerrar, { membroId }, caller);
    expect([await sessoesAbertas(ela), await sessoesAbertas(caller)]).toEqual([0, 1]);
    expect(await eventosDe(membroId)).toEqual([['MembroAlterado', 'sessoes']]);
    const refused = await usuarios.rowsOf(
      'SELECT FROM revogacao JOIN sessao ON sessao.id = sessao_id WHERE sessao.usuario_id = $1',
      [ela.usuarioId],
    );
    expect(refused).toHaveLength(1);
  });
});

describe('who signs in', () => {
  it('is told the perfis there and what they grant', async () => {
    const email = `${randomUUID()}@exemplo.com`;
    const caller = await usuarios.registrado({ email });
    const entrar = `mutation ($email: Email!, $senha: String!) {
      entrar(dados: { email: $email, senha: $senha }) {
        usuario { membro { perfis { embutido } permissoes { permissao } organizacao { id } } }
      }
    }`;
    const { membro } = (await usuarios.data(entrar, { email, senha })).entrar.usuario;
    expect(membro).toMatchObject({
      perfis: [{ embutido: 'ADMINISTRADOR' }],
      organizacao: { id: caller.organizacaoId },
    });
    expect(membro.permissoes).toHaveLength(permissionNames.length);
  });
});

describe('organizacao', () => {
  it('is the one of the token', async () => {
    const { caller } = await (await padaria()).pessoa(['LEITURA']);
    expect(await usuarios.data('{ organizacao { id nome } }', {}, caller)).toEqual({
      organizacao: { id: caller.organizacaoId, nome: 'Padaria' },
    });
    expect(await usuarios.refusal('{ organizacao { id } }')).toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});
