import { randomUUID } from 'node:crypto';
import type { Caller } from '../../../platform/caller';
import { auditAmong, eventsAmong } from '../../../platform/events/testing/outbox';
import { aCaller } from '../../../platform/testing/callers';
import { createEventApplier } from '../testing/apply-events';
import { startVendas } from '../testing/start-vendas';

let vendas: Awaited<ReturnType<typeof startVendas>>;
let eventos: ReturnType<typeof createEventApplier>;
beforeAll(async () => {
  vendas = await startVendas();
  eventos = createEventApplier(vendas.database.url);
});
afterAll(async () => {
  await eventos.stop();
  await vendas.stop();
});

/** An organization that sells, and a Cliente of it that every domain knows. */
const novoCliente = async () => {
  const organizacao = await vendas.novaOrganizacao();
  const clienteId = vendas.conhecer('clientes', organizacao.caller);
  await eventos.criado(organizacao.caller, clienteId);
  const abrir = async (dados: object = {}): Promise<string> =>
    (
      await vendas.criarOportunidade(organizacao.caller, {
        funilId: organizacao.funil.id,
        clienteId,
        ...dados,
      })
    ).id;
  return { ...organizacao, clienteId, abrir };
};

const comId = (operacao: string) => `mutation ($id: ID!) { ${operacao} { id } }`;
const ganhar = comId('ganharOportunidade(dados: { id: $id })');
const reabrir = comId('reabrirOportunidade(id: $id)');
const excluir = comId('excluirOportunidade(dados: { id: $id })');
const reativar = comId('reativarOportunidade(id: $id)');
const mover = 'mutation ($dados: MoverOportunidadeInput!) { moverOportunidade(dados: $dados) { id } }';

const ver = async (caller: Caller, id: string) => {
  const query = `query ($id: ID!) { oportunidade(id: $id) {
    situacao ativo encerradaEm versao cliente { id } motivoPerda { id } valor { centavos } etapa { nome }
    historico { edges { node { tipo deEtapa { nome } paraEtapa { nome } usuario { id } } } }
  } }`;
  const { historico, ...oportunidade } = (await vendas.data(caller, query, { id })).oportunidade;
  return { ...oportunidade, historico: historico.edges.map(({ node }: { node: object }) => node) };
};

const tipos = async (caller: Caller, id: string): Promise<string[]> =>
  (await ver(caller, id)).historico.map(({ tipo }: { tipo: string }) => tipo);

const doCliente = async (caller: Caller, id: string) => {
  const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
    ... on Cliente { valorEmAberto { centavos } oportunidades { totalCount } }
  } }`;
  const representations = [{ __typename: 'Cliente', id }];
  const [{ valorEmAberto, oportunidades }] = (await vendas.data(caller, query, { representations }))
    ._entities;
  return { valorEmAberto, total: oportunidades.totalCount };
};

const tabelas = [
  'oportunidade',
  'historico_oportunidade',
  'cliente',
  'teia.outbox',
  'teia.agregado_consumido',
];
const tudoDe = async (caller: Caller) => {
  const tudo: unknown[] = [];
  for (const tabela of tabelas) tudo.push(await vendas.rowsOf(tabela, caller));
  return tudo;
};

describe('the exclusion of a Cliente', () => {
  it('takes what is open off the board, loses nothing of it, and says that the system did it', async () => {
    const { caller, clienteId, etapaIds, abrir } = await novoCliente();
    const aberta = await abrir({ valor: { centavos: 700 } });
    await vendas.data(caller, mover, { dados: { id: aberta, etapaId: etapaIds[1] } });
    const ganha = await abrir();
    await vendas.data(caller, ganhar, { id: ganha });
    const antes = await ver(caller, ganha);
    const deOutro = await abrir({ clienteId: vendas.conhecer('clientes', caller), etapaId: etapaIds[1] });

    await eventos.excluido(caller, clienteId);

    expect(await vendas.cards(caller, etapaIds[1])).toEqual([deOutro]);
    const { historico, ...cancelada } = await ver(caller, aberta);
    expect(cancelada).toEqual({
      situacao: 'CANCELADA',
      ativo: true,
      encerradaEm: expect.any(String),
      versao: 3,
      cliente: { id: clienteId },
      motivoPerda: null,
      valor: { centavos: 700 },
      etapa: { nome: 'Proposta' },
    });
    expect(historico[0]).toEqual({
      tipo: 'CANCELADA',
      deEtapa: { nome: 'Proposta' },
      paraEtapa: { nome: 'Proposta' },
      usuario: null,
    });
    expect(await ver(caller, ganha)).toEqual(antes);
    expect(await doCliente(caller, clienteId)).toEqual({ valorEmAberto: [], total: 2 });
    expect(await vendas.errorOf(caller, ganhar, { id: aberta })).toMatchObject({
      motivo: 'OPORTUNIDADE_ENCERRADA',
    });
  });

  it('is told on in the order of each Oportunidade, as what that event led to, by nobody', async () => {
    const { caller, clienteId, abrir } = await novoCliente();
    const ids = [await abrir(), await abrir()];
    const evento = eventos.happens(caller, 'ClienteExcluido', { clienteId, definitivo: true });
    await eventos.apply(evento);
    const outbox = (await vendas.rowsOf('teia.outbox', caller)).filter(({ causation_id }) => causation_id);
    const contados = eventsAmong(outbox);
    expect(contados).toHaveLength(4);
    for (const id of ids) {
      const dela = contados.filter(({ agregado_id }) => agregado_id === id);
      expect(dela.map(({ tipo, sequencia, dados }) => [tipo, sequencia, dados])).toEqual([
        ['OportunidadeCancelada', '2', { oportunidadeId: id, clienteId }],
        ['OportunidadeAtualizada', '3', { oportunidadeId: id, campos: ['clienteId'] }],
      ]);
      for (const { causation_id, correlation_id, agregado_tipo } of dela) {
        expect({ causation_id, correlation_id, agregado_tipo }).toEqual({
          causation_id: evento.id,
          correlation_id: evento.correlationid,
          agregado_tipo: 'Oportunidade',
        });
      }
    }
    const auditados = auditAmong(outbox).map(({ acao, usuarioId, sessaoId, ip }) => [
      acao,
      usuarioId,
      sessaoId,
      ip,
    ]);
    expect(auditados.sort()).toEqual([
      ['oportunidade.cancelar', null, null, null],
      ['oportunidade.cancelar', null, null, null],
      ['oportunidade.desvincular', null, null, null],
      ['oportunidade.desvincular', null, null, null],
    ]);
  });

  it('has one effect, however often it is told', async () => {
    const { caller, clienteId, abrir } = await novoCliente();
    await abrir();
    const evento = eventos.happens(caller, 'ClienteExcluido', { clienteId, definitivo: true });
    await eventos.apply(evento);
    const once = await tudoDe(caller);
    await Promise.all(Array.from({ length: 10 }, () => eventos.apply(evento)));
    expect(await tudoDe(caller)).toEqual(once);
  });

  it('leaves nothing behind when it cannot be written whole', async () => {
    const { caller, clienteId, abrir } = await novoCliente();
    const id = await abrir();
    const before = await tudoDe(caller);
    await vendas.admin.query(
      `ALTER TABLE historico_oportunidade ADD CONSTRAINT teste CHECK (oportunidade_id <> '${id}') NOT VALID`,
    );
    const evento = eventos.happens(caller, 'ClienteExcluido', { clienteId, definitivo: false });
    await expect(eventos.apply(evento)).rejects.toThrow();
    expect(await tudoDe(caller)).toEqual(before);
    await vendas.admin.query('ALTER TABLE historico_oportunidade DROP CONSTRAINT teste');
    await eventos.apply(evento);
    expect(await tipos(caller, id)).toEqual(['CANCELADA', 'CRIADA']);
  });

  it('touches nothing of another organization, even for the same id', async () => {
    const { caller, clienteId, abrir } = await novoCliente();
    const id = await abrir();
    const before = await tudoDe(caller);
    const stranger = { organizacaoId: randomUUID() };
    const evento = eventos.happens(stranger, 'ClienteExcluido', { clienteId, definitivo: true });
    await eventos.apply({ ...evento, sequence: '1' });
    expect(await tudoDe(caller)).toEqual(before);
    expect((await ver(caller, id)).situacao).toBe('ABERTA');
  });

  it('for good takes the Cliente out of what was closed and what was excluded, too', async () => {
    const { caller, clienteId, abrir } = await novoCliente();
    const [aberta, ganha, excluida] = [await abrir(), await abrir({ valor: { centavos: 9 } }), await abrir()];
    await vendas.data(caller, ganhar, { id: ganha });
    await vendas.data(caller, excluir, { id: excluida });
    vendas.tornarAtivo(clienteId, caller, false);
    await eventos.excluido(caller, clienteId, true);

    expect(await ver(caller, ganha)).toMatchObject({
      situacao: 'GANHA',
      cliente: null,
      valor: { centavos: 9 },
    });
    expect(await tipos(caller, ganha)).toEqual(['DESVINCULADA', 'GANHA', 'CRIADA']);
    expect(await tipos(caller, aberta)).toEqual(['DESVINCULADA', 'CANCELADA', 'CRIADA']);
    expect(await tipos(caller, excluida)).toEqual(['DESVINCULADA', 'CANCELADA', 'EXCLUIDA', 'CRIADA']);
    expect(await doCliente(caller, clienteId)).toEqual({ valorEmAberto: [], total: 0 });
    expect(JSON.stringify(await vendas.rowsOf('oportunidade', caller))).not.toContain(clienteId);

    await vendas.data(caller, reativar, { id: excluida });
    expect(await ver(caller, excluida)).toMatchObject({ situacao: 'CANCELADA', ativo: true });
    for (const id of [aberta, ganha, excluida]) {
      expect(await vendas.errorOf(caller, reabrir, { id })).toMatchObject({ motivo: 'CLIENTE_EXCLUIDO' });
    }
    expect((await vendas.data(caller, '{ oportunidades { totalCount } }')).oportunidades.totalCount).toBe(3);
  });

  it('first soft and then for good leaves one step of each in the history', async () => {
    const { caller, clienteId, abrir } = await novoCliente();
    const id = await abrir();
    await eventos.excluido(caller, clienteId);
    await eventos.excluido(caller, clienteId);
    await eventos.excluido(caller, clienteId, true);
    expect(await tipos(caller, id)).toEqual(['DESVINCULADA', 'CANCELADA', 'CRIADA']);
  });

  it('takes many at once', async () => {
    const { caller, clienteId, etapaIds, abrir } = await novoCliente();
    const id = await abrir();
    await vendas.admin.query(
      `INSERT INTO oportunidade SELECT (jsonb_populate_record(o, jsonb_build_object('id', gen_random_uuid(),
         'posicao', 'b' || lpad(n::text, 4, '0')))).*
       FROM oportunidade o, generate_series(1, 1000) AS n WHERE o.id = $1`,
      [id],
    );
    await eventos.excluido(caller, clienteId, true);
    expect(await vendas.cards(caller, etapaIds[0])).toEqual([]);
    const contados = (await vendas.rowsOf('teia.outbox', caller)).map(({ tipo }) => tipo);
    expect(contados.filter((tipo) => tipo === 'OportunidadeCancelada')).toHaveLength(1001);
    expect(await vendas.rowsOf('historico_oportunidade', caller)).toHaveLength(1 + 2 * 1001);
  });
});

describe('the reactivation of a Cliente', () => {
  it('puts back what its exclusion cancelled, on top, in one order, and nothing else', async () => {
    const { caller, clienteId, etapaIds, abrir } = await novoCliente();
    const primeira = await abrir();
    const ganha = await abrir();
    await vendas.data(caller, ganhar, { id: ganha });
    const segunda = await abrir();
    const excluida = await abrir();
    await vendas.data(caller, excluir, { id: excluida });
    const deOutro = await abrir({ clienteId: vendas.conhecer('clientes', caller) });
    await eventos.excluido(caller, clienteId);
    await eventos.reativado(caller, clienteId);

    expect(await vendas.cards(caller, etapaIds[0])).toEqual([segunda, primeira, deOutro]);
    expect(await ver(caller, primeira)).toMatchObject({ situacao: 'ABERTA', encerradaEm: null, versao: 3 });
    expect((await ver(caller, primeira)).historico[0]).toMatchObject({ tipo: 'REABERTA', usuario: null });
    expect(await ver(caller, ganha)).toMatchObject({ situacao: 'GANHA', versao: 2 });
    expect(await ver(caller, excluida)).toMatchObject({ situacao: 'ABERTA', ativo: false });
    await vendas.data(caller, reativar, { id: excluida });
    expect(await vendas.cards(caller, etapaIds[0])).toEqual([excluida, segunda, primeira, deOutro]);
    // New places are found among those that were given together.
    await vendas.data(caller, mover, { dados: { id: deOutro, etapaId: etapaIds[0], aposId: segunda } });
    expect(await vendas.cards(caller, etapaIds[0])).toEqual([excluida, segunda, deOutro, primeira]);
  });

  it('leaves cancelled what stood in an etapa that is excluded by now, until somebody reopens it', async () => {
    const { caller, clienteId, etapaIds, abrir } = await novoCliente();
    const id = await abrir();
    await eventos.excluido(caller, clienteId);
    await vendas.data(caller, comId('excluirEtapaFunil(dados: { id: $id })'), { id: etapaIds[0] });
    await eventos.reativado(caller, clienteId);
    expect(await tipos(caller, id)).toEqual(['CANCELADA', 'CRIADA']);
    expect(await vendas.errorOf(caller, reabrir, { id })).toMatchObject({ motivo: 'ETAPA_EXCLUIDA' });
    await vendas.data(caller, comId('reativarEtapaFunil(id: $id)'), { id: etapaIds[0] });
    await vendas.data(caller, reabrir, { id });
    expect(await vendas.cards(caller, etapaIds[0])).toEqual([id]);
  });
});

describe('reabrirOportunidade', () => {
  it('asks the domain of the Cliente, as who reopens', async () => {
    const { caller, clienteId, abrir } = await novoCliente();
    const id = await abrir();
    await vendas.data(caller, ganhar, { id });
    vendas.tornarAtivo(clienteId, caller, false);
    expect(await vendas.errorOf(caller, reabrir, { id })).toMatchObject({
      code: 'CONFLICT',
      motivo: 'CLIENTE_EXCLUIDO',
      campos: [{ campo: 'id' }],
    });
    vendas.tornarAtivo(clienteId, aCaller(), true);
    expect(await vendas.errorOf(caller, reabrir, { id })).toMatchObject({ code: 'NOT_FOUND' });
    vendas.foraDoAr.add('clientes');
    const error = await vendas.errorOf(caller, reabrir, { id });
    vendas.foraDoAr.clear();
    expect(error).toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
    expect(await tipos(caller, id)).toEqual(['GANHA', 'CRIADA']);
  });
});
