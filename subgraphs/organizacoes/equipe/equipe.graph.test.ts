import { randomUUID } from 'node:crypto';
import type { Caller } from '../../../platform/caller';
import { aCaller, granting } from '../../../platform/testing/callers';
import { countStatements } from '../../../platform/testing/count-statements';
import { type Organizacoes, startOrganizacoes } from '../testing/start-organizacoes';

let organizacoes: Organizacoes;
beforeAll(async () => {
  organizacoes = await startOrganizacoes();
});
afterAll(() => organizacoes.stop());

const campos = 'nome ativo versao membros { id }';
const criar = 'mutation ($nome: String!) { criarEquipe(dados: { nome: $nome }) { id nome } }';
const editar = `mutation ($id: ID!, $versao: Int!) {
  editarEquipe(dados: { id: $id, versao: $versao, nome: " Novo  nome " }) { ${campos} }
}`;
const excluir = 'mutation ($id: ID!) { excluirEquipe(dados: { id: $id }) { id definitiva } }';
const reativar = `mutation ($id: ID!) { reativarEquipe(id: $id) { ${campos} } }`;
const adicionar = `mutation ($id: ID!, $usuarioId: ID!) {
  adicionarMembroDaEquipe(dados: { equipeId: $id, usuarioId: $usuarioId }) { ${campos} }
}`;
const remover = `mutation ($id: ID!, $usuarioId: ID!) {
  removerMembroDaEquipe(dados: { equipeId: $id, usuarioId: $usuarioId }) { ${campos} }
}`;

const umaEquipe = async (caller: Caller): Promise<string> =>
  (await organizacoes.data(caller, criar, { nome: 'Vendas' })).criarEquipe.id;

const membrosDe = async (caller: Caller, id: string): Promise<string[]> => {
  const { equipes } = await organizacoes.organizacao(caller, 'equipes { id membros { id } }');
  const equipe = equipes.find((outra: { id: string }) => outra.id === id);
  return equipe.membros.map((membro: { id: string }) => membro.id);
};

const contados = async (caller: Caller, id: string) =>
  (await organizacoes.eventosDe(caller, 'EquipeAlterada', id)).map(({ membros }) => membros);

describe('an Equipe', () => {
  it('tells at each change of who is in it of all of them, and of nobody while it is excluded', async () => {
    const caller = aCaller();
    const [ana, bia] = [organizacoes.conhecer(caller), organizacoes.conhecer(caller)];
    const id = await umaEquipe(caller);
    for (const usuarioId of [bia, ana, bia]) await organizacoes.data(caller, adicionar, { id, usuarioId });
    expect((await organizacoes.data(caller, editar, { id, versao: 1 })).editarEquipe).toEqual({
      nome: 'Novo nome',
      ativo: true,
      versao: 2,
      membros: [{ id: ana }, { id: bia }],
    });
    for (const _ of [1, 2]) await organizacoes.data(caller, excluir, { id });
    expect(await organizacoes.errorOf(caller, adicionar, { id, usuarioId: ana })).toMatchObject({
      motivo: 'EQUIPE_EXCLUIDA',
    });
    await organizacoes.data(caller, remover, { id, usuarioId: bia });
    for (const _ of [1, 2]) {
      expect((await organizacoes.data(caller, reativar, { id })).reativarEquipe).toMatchObject({
        ativo: true,
        versao: 4,
        membros: [{ id: ana }],
      });
    }
    expect(await contados(caller, id)).toEqual([[], [bia], [ana, bia], [], [], [ana]]);
  });

  it('tells last of who is in it in the end, however many come and go at once', async () => {
    const caller = aCaller();
    const id = await umaEquipe(caller);
    const pessoas = Array.from({ length: 12 }, () => organizacoes.conhecer(caller));
    await Promise.all([
      ...pessoas.map((usuarioId) => organizacoes.run(caller, adicionar, { id, usuarioId })),
      ...pessoas.map((usuarioId) => organizacoes.run(caller, remover, { id, usuarioId })),
      organizacoes.run(caller, excluir, { id }),
      organizacoes.run(caller, reativar, { id }),
    ]);
    await organizacoes.run(caller, reativar, { id });
    expect((await contados(caller, id)).at(-1)).toEqual(await membrosDe(caller, id));
  });

  it('takes only people of the organization, and loses only who is in it', async () => {
    const caller = aCaller();
    const id = await umaEquipe(caller);
    const alheio = organizacoes.conhecer(aCaller());
    for (const mutation of [adicionar, remover]) {
      const answers = await Promise.all(
        [alheio, randomUUID(), 'not an id', ''].map((usuarioId) =>
          organizacoes.run(caller, mutation, { id, usuarioId }),
        ),
      );
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      expect(answers[0]?.errors?.[0]?.extensions).toMatchObject({
        code: 'NOT_FOUND',
        campos: [{ campo: 'dados.usuarioId' }],
      });
    }
    expect(await contados(caller, id)).toEqual([[]]);
  });

  it('is widened by nobody who does not reach everything', async () => {
    const caller = aCaller();
    const id = await umaEquipe(caller);
    const limitado = { ...caller, permissoes: { ...caller.permissoes, 'clientes:ler': 'EQUIPE' as const } };
    const usuarioId = organizacoes.conhecer(caller);
    const motivo = 'ALEM_DAS_SUAS_PERMISSOES';
    expect(await organizacoes.errorOf(limitado, adicionar, { id, usuarioId })).toMatchObject({ motivo });
    await organizacoes.data(caller, excluir, { id });
    expect(await organizacoes.errorOf(limitado, reativar, { id })).toMatchObject({ motivo });
  });

  it('has 500 people at most, however many come at once', async () => {
    const caller = aCaller();
    const id = await umaEquipe(caller);
    await organizacoes.admin.query(
      `INSERT INTO membro_da_equipe (organizacao_id, equipe_id, usuario_id)
       SELECT $1, $2, gen_random_uuid() FROM generate_series(1, 498)`,
      [caller.organizacaoId, id],
    );
    const answers = await Promise.all(
      Array.from({ length: 5 }, () =>
        organizacoes.run(caller, adicionar, { id, usuarioId: organizacoes.conhecer(caller) }),
      ),
    );
    const motivos = answers.flatMap(
      ({ errors }) => errors?.map(({ extensions }) => extensions?.motivo) ?? [],
    );
    expect(motivos).toEqual(Array(3).fill('LIMITE_DE_MEMBROS'));
    expect((await contados(caller, id)).at(-1)).toHaveLength(500);
  });

  it('is one of 200 at most', async () => {
    const caller = aCaller();
    await organizacoes.admin.query(
      `INSERT INTO equipe (id, organizacao_id, nome, ativo, versao)
       SELECT gen_random_uuid(), $1, 'x', true, 1 FROM generate_series(1, 199)`,
      [caller.organizacaoId],
    );
    const answers = await Promise.all(
      Array.from({ length: 3 }, () => organizacoes.run(caller, criar, { nome: 'x' })),
    );
    const motivos = answers.flatMap(
      ({ errors }) => errors?.map(({ extensions }) => extensions?.motivo) ?? [],
    );
    expect(motivos).toEqual(Array(2).fill('LIMITE_DE_EQUIPES'));
  });

  it('is renamed once for each version', async () => {
    const caller = aCaller();
    const id = await umaEquipe(caller);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => organizacoes.run(caller, editar, { id, versao: 1 })),
    );
    expect(answers.filter(({ errors }) => !errors)).toHaveLength(1);
  });

  it('that is given the name it has stays as it is', async () => {
    const caller = aCaller();
    const id = await umaEquipe(caller);
    for (const versao of [1, 2, 2]) await organizacoes.data(caller, editar, { id, versao });
    expect((await organizacoes.organizacao(caller, 'equipes { versao }')).equipes).toEqual([{ versao: 2 }]);
    expect(await organizacoes.auditadas(caller)).toEqual(['equipe.criar', 'equipe.editar']);
    expect(await contados(caller, id)).toEqual([[]]);
  });

  it.each<[string, string, object]>([
    ['editarEquipe', editar, { versao: 1 }],
    ['excluirEquipe', excluir, {}],
    ['reativarEquipe', reativar, {}],
    ['adicionarMembroDaEquipe', adicionar, {}],
    ['removerMembroDaEquipe', remover, {}],
  ])('of another organization is nothing to %s; it needs a permission', async (_, query, given) => {
    const [dona, caller] = [aCaller(), aCaller()];
    const id = await umaEquipe(dona);
    const variables = { ...given, usuarioId: organizacoes.conhecer(caller) };
    const answers = await Promise.all(
      [id, randomUUID(), 'not an id', ''].map((alheia) =>
        organizacoes.run(caller, query, { ...variables, id: alheia }),
      ),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.errors?.[0]?.extensions?.code).toBe('NOT_FOUND');
    const leitora = aCaller({ ...dona, permissoes: granting(['organizacao:ler', 'organizacao:configurar']) });
    expect(await organizacoes.errorOf(leitora, query, { ...variables, id })).toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(await contados(dona, id)).toEqual([[]]);
  });

  it('is an entity that its own organization alone finds, many at the cost of one', async () => {
    const caller = aCaller();
    const ids = await Promise.all([1, 2, 3].map(() => umaEquipe(caller)));
    const query = `query ($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on Equipe { nome membros { id } } }
    }`;
    const representations = [...ids, randomUUID(), 'not an id'].map((id) => ({ __typename: 'Equipe', id }));
    const equipe = { nome: 'Vendas', membros: [] };
    const { result, texts } = await countStatements(() =>
      organizacoes.data(caller, query, { representations }),
    );
    expect(texts).toHaveLength(2);
    expect(result._entities).toEqual([equipe, equipe, equipe, null, null]);
    expect((await organizacoes.data(aCaller(), query, { representations }))._entities).toEqual(
      Array(5).fill(null),
    );
  });
});
