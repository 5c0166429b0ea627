import type { Caller } from '../../../platform/caller';
import { aCaller, granting } from '../../../platform/testing/callers';
import { literalUnitOfWork } from '../../testing/unit-of-work';
import { agora, environment } from '../testing/uma-oportunidade';
import { vendasPolicy } from '../vendas.policy';
import { criarOportunidade } from './criar-oportunidade';

const etapa = (id: string, posicao: number, ativo = true) => ({
  id,
  funilId: 'f1',
  nome: id,
  posicao,
  probabilidade: 10,
  ativo,
  versao: 1,
});

type Given = { caller?: Caller; cliente?: { ativo: boolean } | null };

const cenario = ({ caller = aCaller(), cliente = { ativo: true } }: Given = {}) => {
  const inserir = jest.fn(async () => {});
  const anotar = jest.fn(async () => {});
  const etapas = [etapa('e0', 1, false), etapa('e1', 1), etapa('e2', 2)];
  const { unitOfWork, recorded } = literalUnitOfWork({
    etapas: {
      porFunis: async () => etapas,
      travar: async (ids: string[]) => etapas.filter(({ id }) => ids.includes(id)),
    },
    funis: { porIds: async () => [{ id: 'f1', nome: 'Funil', ativo: true, versao: 1 }] },
    quadro: { vizinhas: async () => ({ acima: null, abaixo: 'a0' }) },
    oportunidades: { inserir },
    clientesConhecidos: { travar: async () => ({ id: 'c1', ativo: true, sequencia: 1n }) },
    historico: { inserir: anotar },
  });
  const graph = { entity: async <Fields>() => cliente as Fields | null, requireEntity: async () => {} };
  const clientesConhecidos = { sequenciaDe: async () => 1n };
  const dependencies = {
    caller,
    policy: vendasPolicy(caller),
    graph,
    colegas: { load: async () => null },
    clientesConhecidos,
    unitOfWork,
    environment,
  };
  return { dependencies, caller, inserir, anotar, recorded };
};

const dados = {
  titulo: ' Armário  planejado ',
  clienteId: 'c1',
  funilId: 'f1',
  valor: { centavos: 500n, moeda: 'BRL' },
} as const;

test('enters on top of the first active etapa, open and in its first version', async () => {
  const { dependencies, caller, inserir, anotar, recorded } = cenario();
  expect(await criarOportunidade(dependencies, dados)).toEqual({ id: 'id-novo' });
  expect(inserir).toHaveBeenCalledWith({
    id: 'id-novo',
    titulo: 'Armário planejado',
    clienteId: 'c1',
    funilId: 'f1',
    etapaId: 'e1',
    posicao: 'Zz',
    valor: { centavos: 500n, moeda: 'BRL' },
    situacao: 'ABERTA',
    responsavelId: null,
    motivoPerdaId: null,
    observacaoPerda: null,
    previsaoFechamento: null,
    encerradaEm: null,
    ativo: true,
    versao: 1,
    criadoEm: agora,
    atualizadoEm: agora,
  });
  expect(anotar).toHaveBeenCalledWith(
    expect.objectContaining({
      tipo: 'CRIADA',
      deEtapaId: null,
      paraEtapaId: 'e1',
      usuarioId: caller.usuarioId,
    }),
  );
  expect(recorded).toMatchObject([
    { evento: { tipo: 'OportunidadeCriada', dados: { oportunidadeId: 'id-novo', clienteId: 'c1' } } },
  ]);
  expect(JSON.stringify(recorded)).not.toMatch(/Armário|500/);
});

test('enters the etapa that is asked for', async () => {
  const { dependencies, inserir } = cenario();
  await criarOportunidade(dependencies, { ...dados, etapaId: 'e2' });
  expect(inserir).toHaveBeenCalledWith(expect.objectContaining({ etapaId: 'e2' }));
});

test.each<[string, Given, object, object]>([
  ['a Cliente that is not there', { cliente: null }, {}, { code: 'NOT_FOUND' }],
  ['an excluded Cliente', { cliente: { ativo: false } }, {}, { extensions: { motivo: 'CLIENTE_EXCLUIDO' } }],
  ['an excluded etapa', {}, { etapaId: 'e0' }, { extensions: { motivo: 'ETAPA_EXCLUIDA' } }],
  ['an etapa that is not there', {}, { etapaId: 'e9' }, { code: 'NOT_FOUND' }],
  ['less than nothing', {}, { valor: { centavos: -1n, moeda: 'BRL' } }, { code: 'BAD_USER_INPUT' }],
  [
    'who may only read',
    { caller: aCaller({ permissoes: granting(['vendas:ler']) }) },
    {},
    { code: 'FORBIDDEN' },
  ],
])('refuses %s, writing and recording nothing', async (_, given, wrong, error) => {
  const { dependencies, inserir, anotar, recorded } = cenario(given);
  await expect(criarOportunidade(dependencies, { ...dados, ...wrong })).rejects.toMatchObject(error);
  expect(inserir).not.toHaveBeenCalled();
  expect(anotar).not.toHaveBeenCalled();
  expect(recorded).toEqual([]);
});
