import { aCaller } from '../../../platform/testing/callers';
import { literalUnitOfWork } from '../../testing/unit-of-work';
import { environment, umaOportunidade } from '../testing/uma-oportunidade';
import { vendasPolicy } from '../vendas.policy';
import { moverOportunidade } from './mover-oportunidade';
import type { Oportunidade } from './oportunidade.type';

const etapas = [
  { id: 'e1', funilId: 'f1', nome: 'Contato', posicao: 1, probabilidade: 10, ativo: true, versao: 1 },
  { id: 'e2', funilId: 'f1', nome: 'Proposta', posicao: 2, probabilidade: 50, ativo: true, versao: 1 },
  { id: 'e3', funilId: 'f2', nome: 'De outro', posicao: 1, probabilidade: 50, ativo: true, versao: 1 },
];

type Given = { vista?: Oportunidade; travada?: Oportunidade; funilAtivo?: boolean };

const cenario = ({ vista = umaOportunidade(), travada = vista, funilAtivo = true }: Given = {}) => {
  const caller = aCaller();
  const locks: string[] = [];
  const gravar = jest.fn(async () => true);
  const { unitOfWork, recorded } = literalUnitOfWork({
    oportunidades: {
      porIds: async () => [vista],
      travar: async (id: string) => {
        locks.push(id);
        return travada;
      },
      gravar,
    },
    etapas: {
      travar: async (ids: string[]) => {
        locks.push(...ids);
        return etapas.filter(({ id }) => ids.includes(id));
      },
    },
    funis: { porIds: async () => [{ id: 'f1', nome: 'Funil', ativo: funilAtivo, versao: 1 }] },
    quadro: {
      vizinhas: async ({ apos }: { apos: { id: string } | null }) =>
        apos?.id === 'fora' ? null : { acima: 'a0', abaixo: 'a1' },
    },
    historico: { inserir: async () => {} },
  });
  return {
    dependencies: { caller, policy: vendasPolicy(caller), unitOfWork, environment },
    gravar,
    locks,
    recorded,
  };
};

test('puts it between its neighbours, and says from where to where', async () => {
  const { dependencies, gravar, recorded } = cenario();
  expect(await moverOportunidade(dependencies, { id: 'o1', etapaId: 'e2', aposId: 'o2' })).toEqual({
    id: 'o1',
  });
  expect(gravar).toHaveBeenCalledWith(expect.objectContaining({ etapaId: 'e2', posicao: 'a0V', versao: 5 }));
  expect(recorded).toMatchObject([
    {
      acao: 'oportunidade.mover',
      campos: ['etapaId', 'posicao'],
      evento: {
        tipo: 'OportunidadeMovida',
        dados: { oportunidadeId: 'o1', deEtapaId: 'e1', paraEtapaId: 'e2' },
      },
    },
  ]);
});

test('locks both etapas before the card', async () => {
  const { dependencies, locks } = cenario();
  await moverOportunidade(dependencies, { id: 'o1', etapaId: 'e2' });
  expect(locks).toEqual(['e1', 'e2', 'o1']);
});

test.each<[string, Given, object, object]>([
  ['a place after itself', {}, { aposId: 'o1' }, { code: 'BAD_USER_INPUT' }],
  ['a place after what is not there', {}, { aposId: 'fora' }, { code: 'NOT_FOUND' }],
  ['an etapa that is not there', {}, { etapaId: 'e9' }, { code: 'NOT_FOUND' }],
  ['an etapa of another Funil', {}, { etapaId: 'e3' }, { code: 'BAD_USER_INPUT' }],
  ['an excluded Funil', { funilAtivo: false }, {}, { code: 'CONFLICT' }],
  ['what was won', { vista: umaOportunidade({ situacao: 'GANHA' }) }, {}, { code: 'CONFLICT' }],
  [
    'what somebody else is moving',
    { travada: umaOportunidade({ etapaId: 'e2' }) },
    {},
    { extensions: { motivo: 'VERSAO_DESATUALIZADA' } },
  ],
])('refuses %s', async (_, given, dados, error) => {
  const { dependencies, gravar, recorded } = cenario(given);
  await expect(moverOportunidade(dependencies, { id: 'o1', etapaId: 'e2', ...dados })).rejects.toMatchObject(
    error,
  );
  expect(gravar).not.toHaveBeenCalled();
  expect(recorded).toEqual([]);
});
