import type { Caller } from '../../../platform/caller';
import { startVendas } from '../testing/start-vendas';

let vendas: Awaited<ReturnType<typeof startVendas>>;
beforeAll(async () => {
  vendas = await startVendas();
});
afterAll(() => vendas.stop());

const mover = 'mutation ($dados: MoverOportunidadeInput!) { moverOportunidade(dados: $dados) { id versao } }';
const ganhar = 'mutation ($id: ID!) { ganharOportunidade(dados: { id: $id }) { id } }';
const reabrir = 'mutation ($id: ID!) { reabrirOportunidade(id: $id) { id } }';

type Move = { readonly id: string; readonly etapaId: string; readonly aposId: string | null };
type Board = Map<string, string[]>;

const fill = async (caller: Caller, funilId: string, etapaId: string, count: number): Promise<string[]> => {
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) {
    ids.unshift((await vendas.criarOportunidade(caller, { funilId, etapaId, titulo: `${n}` })).id);
  }
  return ids;
};

const boardOf = async (caller: Caller, etapaIds: readonly string[]): Promise<Board> =>
  new Map(
    await Promise.all(etapaIds.map(async (id) => [id, await vendas.cards(caller, id)] as [string, string[]])),
  );

/** The moves that were made, in the order in which they were committed: that of a clock read under lock. */
const movesInOrder = async ({ organizacaoId }: Caller): Promise<string[]> =>
  (
    await vendas.admin.query(
      `SELECT dados ->> 'entidadeId' AS entidade_id FROM teia.outbox
       WHERE organizacao_id = $1 AND dados ->> 'acao' = 'oportunidade.mover' ORDER BY criado_em`,
      [organizacaoId],
    )
  ).rows.map(({ entidade_id }) => entidade_id);

/** What a move does to a board, said in the plainest way; it needs `aposId` to be there. */
const play = (board: Board, { id, etapaId, aposId }: Move): void => {
  for (const cards of board.values()) {
    const at = cards.indexOf(id);
    if (at >= 0) cards.splice(at, 1);
  }
  const cards = board.get(etapaId) ?? [];
  const at = aposId === null ? 0 : cards.indexOf(aposId) + 1;
  if (aposId !== null && at === 0) throw new Error(`${aposId} is not there to be followed`);
  cards.splice(at, 0, id);
};

const versions = async ({ organizacaoId }: Caller): Promise<Map<string, number>> =>
  new Map(
    (
      await vendas.admin.query('SELECT id, versao FROM oportunidade WHERE organizacao_id = $1', [
        organizacaoId,
      ])
    ).rows.map(({ id, versao }) => [id, versao]),
  );

describe('a card', () => {
  it('enters on top of the first etapa', async () => {
    const { caller, funil, etapaIds } = await vendas.novaOrganizacao();
    const first = await vendas.criarOportunidade(caller, { funilId: funil.id });
    const second = await vendas.criarOportunidade(caller, { funilId: funil.id });
    expect(await vendas.cards(caller, etapaIds[0])).toEqual([second.id, first.id]);
  });

  it('goes directly after the one it names, or on top', async () => {
    const { caller, funil, etapaIds } = await vendas.novaOrganizacao();
    const [a = '', b = '', c = ''] = await fill(caller, funil.id, etapaIds[0], 3);
    await vendas.data(caller, mover, { dados: { id: a, etapaId: etapaIds[0], aposId: b } });
    expect(await vendas.cards(caller, etapaIds[0])).toEqual([b, a, c]);
    await vendas.data(caller, mover, { dados: { id: c, etapaId: etapaIds[0] } });
    expect(await vendas.cards(caller, etapaIds[0])).toEqual([c, b, a]);
    await vendas.data(caller, mover, { dados: { id: b, etapaId: etapaIds[1], aposId: null } });
    expect(await vendas.cards(caller, etapaIds[0])).toEqual([c, a]);
    expect(await vendas.cards(caller, etapaIds[1])).toEqual([b]);
  });

  it('leaves the board when it is won, and comes back on top when it is reopened', async () => {
    const { caller, funil, etapaIds } = await vendas.novaOrganizacao();
    const [a = '', b = ''] = await fill(caller, funil.id, etapaIds[0], 2);
    await vendas.data(caller, ganhar, { id: b });
    expect(await vendas.cards(caller, etapaIds[0])).toEqual([a]);
    await vendas.data(caller, reabrir, { id: b });
    expect(await vendas.cards(caller, etapaIds[0])).toEqual([b, a]);
  });

  it('refuses places that are none', async () => {
    const { caller, funil, etapaIds } = await vendas.novaOrganizacao();
    const [id = '', ganha = ''] = await fill(caller, funil.id, etapaIds[0], 2);
    const [noOutro = ''] = await fill(caller, funil.id, etapaIds[1], 1);
    await vendas.data(caller, ganhar, { id: ganha });
    const outroFunil = await vendas.criarFunil(caller);
    const alheia = await vendas.novaOrganizacao();
    const [cardAlheio = ''] = await fill(alheia.caller, alheia.funil.id, alheia.etapaIds[0], 1);
    const etapaId = etapaIds[0];
    const refused: [object, object][] = [
      [
        { id, etapaId, aposId: id },
        { code: 'BAD_USER_INPUT', campos: [{ campo: 'dados.aposId' }] },
      ],
      [
        { id, etapaId: outroFunil.etapas[0]?.id },
        { code: 'BAD_USER_INPUT', motivo: 'ETAPA_DE_OUTRO_FUNIL', campos: [{ campo: 'dados.etapaId' }] },
      ],
      ...[noOutro, ganha, cardAlheio, 'x', ''].map((aposId): [object, object] => [
        { id, etapaId, aposId },
        { code: 'NOT_FOUND', campos: [{ campo: 'dados.aposId' }] },
      ]),
      ...[alheia.etapaIds[0], 'x'].map((etapaId): [object, object] => [
        { id, etapaId },
        { code: 'NOT_FOUND', campos: [{ campo: 'dados.etapaId' }] },
      ]),
      ...[cardAlheio, 'x'].map((id): [object, object] => [
        { id, etapaId },
        { code: 'NOT_FOUND', campos: [{ campo: 'dados.id' }] },
      ]),
      [
        { id: ganha, etapaId },
        { code: 'CONFLICT', motivo: 'OPORTUNIDADE_ENCERRADA' },
      ],
    ];
    for (const [dados, extensions] of refused) {
      expect(await vendas.errorOf(caller, mover, { dados })).toMatchObject(extensions);
    }
    expect(await vendas.cards(caller, etapaId)).toEqual([id]);
  });
});

describe('50 moves at once', () => {
  it('within one etapa all succeed, and the order is that of making them one after the other', async () => {
    const { caller, funil, etapaIds } = await vendas.novaOrganizacao();
    const etapaId = etapaIds[0];
    const ids = await fill(caller, funil.id, etapaId, 50);
    const moves = ids.map(
      (id, n): Move => ({ id, etapaId, aposId: n % 5 === 0 ? null : ids[(n * 7 + 3) % 50]! }),
    );
    const possible = moves.map((move) => (move.aposId === move.id ? { ...move, aposId: null } : move));
    const answers = await Promise.all(possible.map((dados) => vendas.run(caller, mover, { dados })));
    expect(answers.flatMap(({ errors }) => errors ?? [])).toEqual([]);

    const expected: Board = new Map([[etapaId, [...ids]]]);
    const order = await movesInOrder(caller);
    expect([...order].sort()).toEqual([...ids].sort());
    for (const id of order) play(expected, possible.find((move) => move.id === id)!);
    expect(await boardOf(caller, [etapaId])).toEqual(expected);
    expect([...(await versions(caller)).values()]).toEqual(ids.map(() => 2));
  });

  it('between etapas lose and double no card; those refused named one that had left', async () => {
    const { caller, funil, etapaIds } = await vendas.novaOrganizacao();
    const before: Board = new Map();
    for (const etapaId of etapaIds) before.set(etapaId, await fill(caller, funil.id, etapaId, 17));
    const ids = [...before.values()].flat();
    const moves = ids.slice(0, 50).map((id, n): Move => {
      const etapaId = etapaIds[(n * 5 + 1) % 3]!;
      const aposId = n % 4 === 0 ? null : before.get(etapaId)![(n * 11) % 17]!;
      return { id, etapaId, aposId: aposId === id ? null : aposId };
    });
    const answers = await Promise.all(moves.map((dados) => vendas.run(caller, mover, { dados })));
    const refused = answers.flatMap(({ errors }) => errors ?? []);
    for (const { extensions } of refused) {
      expect(extensions).toMatchObject({ code: 'NOT_FOUND', campos: [{ campo: 'dados.aposId' }] });
    }

    const expected: Board = new Map([...before].map(([etapaId, cards]) => [etapaId, [...cards]]));
    const order = await movesInOrder(caller);
    expect(order).toHaveLength(50 - refused.length);
    for (const id of order) play(expected, moves.find((move) => move.id === id)!);
    const after = await boardOf(caller, etapaIds);
    expect(after).toEqual(expected);
    expect([...after.values()].flat().sort()).toEqual([...ids].sort());
    for (const [id, versao] of await versions(caller)) expect(versao).toBe(order.includes(id) ? 2 : 1);
  });

  it('of one card to many etapas count each that was made, and refuse the rest as stale', async () => {
    const { caller, funil, etapaIds } = await vendas.novaOrganizacao();
    const [id = ''] = await fill(caller, funil.id, etapaIds[0], 1);
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        vendas.run(caller, mover, { dados: { id, etapaId: etapaIds[n % 3] } }),
      ),
    );
    const refused = answers.flatMap(({ errors }) => errors ?? []);
    for (const { extensions } of refused)
      expect(extensions).toMatchObject({ motivo: 'VERSAO_DESATUALIZADA' });
    expect((await versions(caller)).get(id)).toBe(1 + 30 - refused.length);
    expect([...(await boardOf(caller, etapaIds)).values()].flat()).toEqual([id]);
  });
});

describe('a board in use', () => {
  it('stays right while cards are created, moved, won, reopened and edited all at once', async () => {
    const { caller, funil, etapaIds } = await vendas.novaOrganizacao();
    const [etapaId] = etapaIds;
    const ids = await fill(caller, funil.id, etapaId, 12);
    const editar =
      'mutation ($id: ID!) { editarOportunidade(dados: { id: $id, versao: 1, titulo: "x" }) { id } }';
    const excluir = 'mutation ($id: ID!) { excluirOportunidade(dados: { id: $id }) { id } }';
    const reativar = 'mutation ($id: ID!) { reativarOportunidade(id: $id) { id } }';
    const answers = await Promise.all(
      ids.flatMap((id, n) => [
        vendas.run(caller, mover, { dados: { id, etapaId: etapaIds[n % 3], aposId: null } }),
        vendas.run(caller, ganhar, { id }),
        vendas.run(caller, reabrir, { id }),
        vendas.run(caller, editar, { id }),
        vendas.run(caller, excluir, { id }),
        vendas.run(caller, reativar, { id }),
        vendas.criarOportunidade(caller, { funilId: funil.id }).then(() => ({ errors: undefined })),
      ]),
    );
    const codes = new Set(
      answers.flatMap(({ errors }) => errors ?? []).map(({ extensions }) => extensions?.code),
    );
    expect([...codes].filter((code) => code !== 'CONFLICT')).toEqual([]);
    const { rows } = await vendas.admin.query(
      `SELECT count(*)::int AS open, count(DISTINCT (etapa_id, posicao))::int AS places FROM oportunidade
       WHERE organizacao_id = $1 AND situacao = 'ABERTA' AND ativo`,
      [caller.organizacaoId],
    );
    expect(rows[0].places).toBe(rows[0].open);
    expect([...(await boardOf(caller, etapaIds)).values()].flat()).toHaveLength(rows[0].open);
  });

  it('keeps its order when its keys grow too long and are shortened', async () => {
    const { caller, funil, etapaIds } = await vendas.novaOrganizacao();
    const etapaId = etapaIds[0];
    const [a = '', b = '', c = ''] = await fill(caller, funil.id, etapaId, 3);
    const [d = ''] = await fill(caller, funil.id, etapaIds[1], 1);
    const long = `a0${'V'.repeat(98)}`;
    for (const [id, posicao] of [
      [a, 'Z'.padEnd(3, 'a')],
      [c, `${long}V`],
      [b, long],
    ]) {
      await vendas.admin.query('UPDATE oportunidade SET posicao = $2 WHERE id = $1', [id, posicao]);
    }
    await vendas.data(caller, mover, { dados: { id: d, etapaId, aposId: b } });
    expect(await vendas.cards(caller, etapaId)).toEqual([a, b, d, c]);
    const { rows } = await vendas.admin.query(
      'SELECT max(length(posicao)) AS longest FROM oportunidade WHERE etapa_id = $1',
      [etapaId],
    );
    expect(rows[0].longest).toBeLessThan(10);
  });
});
