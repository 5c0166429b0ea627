import type { ChangeRecord } from '../../../platform/db/unit-of-work';
import { agora, environment } from '../testing/uma-oportunidade';
import { cancelarOportunidadesDoCliente } from './cancelar-oportunidades-do-cliente';
import { reabrirOportunidadesDoCliente } from './reabrir-oportunidades-do-cliente';
import { registrarCliente } from './registrar-cliente';

const event = (type: string, data: object, sequence: string) => ({ type, data, sequence }) as never;

const etapa = (id: string, funilId = 'f1', ativo = true) => ({ id, funilId, ativo });

const cenario = () => {
  const recorded: ChangeRecord[] = [];
  const gravar = jest.fn(async () => {});
  const inserirTodos = jest.fn(async () => {});
  const travadas: string[] = [];
  const reabrir = jest.fn(async (lugares: { id: string }[]) =>
    lugares.map(({ id }) => ({ id, etapaId: 'e1' })),
  );
  const transaction = {
    clientesConhecidos: { gravar },
    carteira: {
      cancelar: jest.fn(async () => [{ id: 'o1', etapaId: 'e1' }]),
      desvincular: jest.fn(async () => [
        { id: 'o1', etapaId: 'e1' },
        { id: 'o2', etapaId: 'e2' },
      ]),
      etapasDasCanceladas: async () => ['e1', 'e2', 'e3'],
      travarCanceladas: async (_: string, etapaId: string) => {
        travadas.push(etapaId);
        return [
          { id: 'o3', ativo: true },
          { id: 'o2', ativo: false },
          { id: 'o1', ativo: true },
        ];
      },
      reabrir,
    },
    etapas: { travar: async () => [etapa('e1'), etapa('e2', 'f1', false), etapa('e3', 'f2')] },
    funis: {
      porIds: async () => [
        { id: 'f1', ativo: true },
        { id: 'f2', ativo: false },
      ],
    },
    quadro: { vizinhas: async () => ({ acima: null, abaixo: 'a0' }) },
    historico: { inserirTodos },
    record: (change: ChangeRecord) => recorded.push(change),
    environment,
  } as never;
  const { carteira } = transaction as { carteira: Record<string, jest.Mock> };
  return { transaction, carteira, gravar, inserirTodos, recorded, reabrir, travadas };
};

const noHistorico = (oportunidadeId: string, tipo: string, etapaId: string) => ({
  id: 'id-novo',
  oportunidadeId,
  tipo,
  deEtapaId: etapaId,
  paraEtapaId: etapaId,
  usuarioId: null,
  em: agora,
});

test('ClienteCriado is noted', async () => {
  const { transaction, gravar, recorded } = cenario();
  await registrarCliente(transaction, event('ClienteCriado', { clienteId: 'c1' }, '1'));
  expect(gravar).toHaveBeenCalledWith({ id: 'c1', ativo: true, sequencia: 1n });
  expect(recorded).toEqual([]);
});

test('ClienteExcluido cancels what is open, and tells the history and the other domains', async () => {
  const { transaction, carteira, gravar, inserirTodos, recorded } = cenario();
  await cancelarOportunidadesDoCliente(
    transaction,
    event('ClienteExcluido', { clienteId: 'c1', definitivo: false }, '4'),
  );
  expect(gravar).toHaveBeenCalledWith({ id: 'c1', ativo: false, sequencia: 4n });
  expect(carteira.cancelar).toHaveBeenCalledWith('c1', agora);
  expect(carteira.desvincular).not.toHaveBeenCalled();
  expect(inserirTodos.mock.calls).toEqual([[[noHistorico('o1', 'CANCELADA', 'e1')]]]);
  expect(recorded).toEqual([
    {
      acao: 'oportunidade.cancelar',
      entidade: 'Oportunidade',
      id: 'o1',
      campos: ['situacao', 'encerradaEm', 'posicao'],
      evento: { tipo: 'OportunidadeCancelada', dados: { oportunidadeId: 'o1', clienteId: 'c1' } },
    },
  ]);
});

test('ClienteExcluido for good takes the Cliente out of all as well, and tells that of each', async () => {
  const { transaction, inserirTodos, recorded } = cenario();
  await cancelarOportunidadesDoCliente(
    transaction,
    event('ClienteExcluido', { clienteId: 'c1', definitivo: true }, '4'),
  );
  expect(inserirTodos.mock.calls).toEqual([
    [[noHistorico('o1', 'CANCELADA', 'e1')]],
    [[noHistorico('o1', 'DESVINCULADA', 'e1'), noHistorico('o2', 'DESVINCULADA', 'e2')]],
  ]);
  const desvinculada = (oportunidadeId: string) => ({
    acao: 'oportunidade.desvincular',
    id: oportunidadeId,
    evento: { tipo: 'OportunidadeAtualizada', dados: { oportunidadeId, campos: ['clienteId'] } },
  });
  expect(recorded.slice(1)).toMatchObject([desvinculada('o1'), desvinculada('o2')]);
});

test.each([[[]], [['nome']], [['notas', 'enderecos']]])(
  'ClienteAtualizado of %j does nothing',
  async (campos) => {
    const { transaction, gravar, recorded } = cenario();
    await reabrirOportunidadesDoCliente(
      transaction,
      event('ClienteAtualizado', { clienteId: 'c1', campos }, '2'),
    );
    expect(gravar).not.toHaveBeenCalled();
    expect(recorded).toEqual([]);
  },
);

test('ClienteAtualizado of ativo reopens, on top of the etapas that are in use, in one order', async () => {
  const { transaction, gravar, recorded, reabrir, travadas } = cenario();
  await reabrirOportunidadesDoCliente(
    transaction,
    event('ClienteAtualizado', { clienteId: 'c1', campos: ['ativo'] }, '5'),
  );
  expect(gravar).toHaveBeenCalledWith({ id: 'c1', ativo: true, sequencia: 5n });
  expect(travadas).toEqual(['e1']);
  const [lugares] = reabrir.mock.calls[0] as unknown as [{ id: string; posicao: string | null }[]];
  expect(lugares).toEqual([
    { id: 'o3', posicao: expect.any(String) },
    { id: 'o2', posicao: null },
    { id: 'o1', posicao: expect.any(String) },
  ]);
  expect([lugares[0]?.posicao, lugares[2]?.posicao, 'a0']).toEqual(
    [lugares[0]?.posicao, lugares[2]?.posicao, 'a0'].sort(),
  );
  expect(recorded.map(({ evento }) => evento)).toEqual(
    ['o3', 'o2', 'o1'].map((oportunidadeId) => ({
      tipo: 'OportunidadeReaberta',
      dados: { oportunidadeId, clienteId: 'c1' },
    })),
  );
});
