import { randomUUID } from 'node:crypto';
import type { Caller } from '../../platform/caller';
import { auditAmong, eventsAmong } from '../../platform/events/testing/outbox';
import { aCaller, granting } from '../../platform/testing/callers';
import { startVendas } from './testing/start-vendas';

let vendas: Awaited<ReturnType<typeof startVendas>>;
beforeAll(async () => {
  vendas = await startVendas();
});
afterAll(() => vendas.stop());

const plant = async (
  { organizacaoId }: Caller,
  { situacao = 'MORTO', minuto = 0, sequencia = 1, agregadoId = randomUUID() } = {},
): Promise<string> => {
  const id = randomUUID();
  await vendas.admin.query(
    `INSERT INTO teia.evento_pendente (id, organizacao_id, tipo, agregado_tipo, agregado_id, sequencia, envelope,
       situacao, tentativas, erro, criado_em, atualizado_em)
     VALUES ($1, $2, 'ClienteExcluido', 'Cliente', $3, $4, '{}', $5, 10, 'TypeError', $6, '2026-01-01T02:00:00Z')`,
    [id, organizacaoId, agregadoId, sequencia, situacao, new Date(Date.UTC(2026, 0, 1, 0, minuto))],
  );
  return id;
};

const listar = `query ($first: Int, $after: String, $last: Int) {
  eventosMortosDeVendas(first: $first, after: $after, last: $last) {
    totalCount pageInfo { hasNextPage hasPreviousPage endCursor }
    edges { cursor node { id tipo agregadoTipo agregadoId criadoEm falhouEm tentativas erro esperando } }
  }
}`;
const reprocessar = `mutation ($id: ID!) { reprocessarEventoDeVendas(dados: { id: $id }) { id } }`;

const lista = async (caller: Caller, variables = {}) =>
  (await vendas.data(caller, listar, variables)).eventosMortosDeVendas;

test('an administrator sees the dead events of the organization, oldest first, and what waits for each', async () => {
  const caller = aCaller();
  const agregadoId = randomUUID();
  const [second, first] = [
    await plant(caller, { minuto: 2 }),
    await plant(caller, { minuto: 1, agregadoId }),
  ];
  await plant(caller, { situacao: 'ESPERA', sequencia: 2, agregadoId });
  await plant(caller, { situacao: 'TENTANDO' });
  await plant(aCaller());
  const { totalCount, edges } = await lista(caller);
  expect(totalCount).toBe(2);
  expect(edges.map(({ node }: { node: { id: string } }) => node.id)).toEqual([first, second]);
  expect(edges[0].node).toEqual({
    id: first,
    tipo: 'ClienteExcluido',
    agregadoTipo: 'Cliente',
    agregadoId,
    criadoEm: '2026-01-01T00:01:00.000Z',
    falhouEm: '2026-01-01T02:00:00.000Z',
    tentativas: 10,
    erro: 'TypeError',
    esperando: 1,
  });
});

test('pages continue after their cursors, in both directions', async () => {
  const caller = aCaller();
  const ids: string[] = [];
  for (const minuto of [1, 1, 2, 3, 3]) ids.push(await plant(caller, { minuto }));
  const found: string[] = [];
  let after: string | null = null;
  do {
    const { edges, pageInfo } = await lista(caller, { first: 2, after });
    found.push(...edges.map(({ node }: { node: { id: string } }) => node.id));
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after);
  expect([...found].sort()).toEqual([...ids].sort());
  const { edges, pageInfo } = await lista(caller, { last: 2 });
  expect(edges.map(({ node }: { node: { id: string } }) => node.id)).toEqual(found.slice(-2));
  expect(pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
});

test('a replay is asked for once, with audit, and the event is no longer dead', async () => {
  const caller = aCaller();
  const id = await plant(caller);
  expect(await vendas.data(caller, reprocessar, { id })).toEqual({ reprocessarEventoDeVendas: { id } });
  expect((await lista(caller)).totalCount).toBe(0);
  expect(await vendas.rowsOf('teia.evento_pendente', caller)).toMatchObject([
    { id, situacao: 'REPROCESSAR' },
  ]);
  const outbox = await vendas.rowsOf('teia.outbox', caller);
  expect(auditAmong(outbox)).toMatchObject([
    { acao: 'eventoMorto.reprocessar', entidadeId: id, usuarioId: caller.usuarioId },
  ]);
  expect(eventsAmong(outbox)).toMatchObject([
    { tipo: 'EventoMortoReprocessado', agregado_tipo: 'EventoMorto', dados: { eventoId: id } },
  ]);
});

test('one of another organization, one that is not dead and none at all answer alike', async () => {
  const caller = aCaller();
  const alheio = await plant(aCaller());
  const ids = [alheio, await plant(caller, { situacao: 'ESPERA' }), randomUUID(), 'x', "' OR true --"];
  const answers = await Promise.all(ids.map((id) => vendas.run(caller, reprocessar, { id })));
  expect(answers[0]?.errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  const { rows } = await vendas.admin.query('SELECT situacao FROM teia.evento_pendente WHERE id = $1', [
    alheio,
  ]);
  expect(rows).toEqual([{ situacao: 'MORTO' }]);
});

test('both are for administrators', async () => {
  const caller = aCaller({ permissoes: granting(['vendas:ler', 'vendas:configurar']) });
  const id = await plant(caller);
  expect(await vendas.errorOf(caller, listar)).toMatchObject({ code: 'FORBIDDEN' });
  expect(await vendas.errorOf(caller, reprocessar, { id })).toMatchObject({ code: 'FORBIDDEN' });
  expect(await vendas.errorOf(null, listar)).toMatchObject({ code: 'UNAUTHENTICATED' });
  expect(await vendas.errorOf(null, reprocessar, { id })).toMatchObject({ code: 'UNAUTHENTICATED' });
});
