import { aCaller, granting } from '../../../platform/testing/callers';
import { literalUnitOfWork } from '../../testing/unit-of-work';
import { agora, environment, umaOportunidade } from '../testing/uma-oportunidade';
import { vendasPolicy } from '../vendas.policy';
import { ganharOportunidade } from './ganhar-oportunidade';
import type { Oportunidade } from './oportunidade.type';
import { perderOportunidade } from './perder-oportunidade';

type Given = {
  antes?: Oportunidade | null;
  escrita?: boolean;
  motivoAtivo?: boolean;
  caller?: ReturnType<typeof aCaller>;
};

const cenario = ({
  antes = umaOportunidade(),
  escrita = true,
  motivoAtivo = true,
  caller = aCaller(),
}: Given = {}) => {
  const gravar = jest.fn(async () => escrita);
  const inserir = jest.fn(async () => {});
  const { unitOfWork, recorded } = literalUnitOfWork({
    oportunidades: { travar: async () => antes, gravar },
    historico: { inserir },
    motivosPerda: { porIds: async () => [{ id: 'm1', nome: 'Preço', ativo: motivoAtivo, versao: 1 }] },
  });
  return {
    dependencies: { caller, policy: vendasPolicy(caller), unitOfWork, environment },
    caller,
    gravar,
    inserir,
    recorded,
  };
};

test('ganhar takes it off the board as a new version, tells its history and the other domains', async () => {
  const { dependencies, caller, gravar, inserir, recorded } = cenario();
  expect(await ganharOportunidade(dependencies, 'o1')).toEqual({ id: 'o1' });
  expect(gravar).toHaveBeenCalledWith({
    ...umaOportunidade(),
    situacao: 'GANHA',
    encerradaEm: agora,
    posicao: null,
    versao: 5,
    atualizadoEm: agora,
  });
  expect(inserir).toHaveBeenCalledWith({
    id: 'id-novo',
    oportunidadeId: 'o1',
    tipo: 'GANHA',
    deEtapaId: 'e1',
    paraEtapaId: 'e1',
    usuarioId: caller.usuarioId,
    em: agora,
  });
  expect(recorded).toEqual([
    {
      acao: 'oportunidade.ganhar',
      entidade: 'Oportunidade',
      id: 'o1',
      campos: ['posicao', 'situacao', 'encerradaEm'],
      evento: { tipo: 'OportunidadeGanha', dados: { oportunidadeId: 'o1', clienteId: 'c1' } },
    },
  ]);
});

test('perder keeps the reason and what was noted, and tells the other domains the reason only', async () => {
  const { dependencies, gravar, recorded } = cenario();
  await perderOportunidade(dependencies, { id: 'o1', motivoPerdaId: 'm1', observacao: ' Caro ' });
  expect(gravar).toHaveBeenCalledWith(
    expect.objectContaining({
      situacao: 'PERDIDA',
      motivoPerdaId: 'm1',
      observacaoPerda: 'Caro',
      posicao: null,
    }),
  );
  expect(recorded).toMatchObject([
    {
      evento: {
        tipo: 'OportunidadePerdida',
        dados: { oportunidadeId: 'o1', clienteId: 'c1', motivoPerdaId: 'm1' },
      },
    },
  ]);
  expect(JSON.stringify(recorded)).not.toContain('Caro');
});

test.each([undefined, null, '', ' \n '])('perder with the note %j has none', async (observacao) => {
  const { dependencies, gravar } = cenario();
  await perderOportunidade(dependencies, { id: 'o1', motivoPerdaId: 'm1', observacao });
  expect(gravar).toHaveBeenCalledWith(expect.objectContaining({ observacaoPerda: null }));
});

describe.each([
  ['ganhar', (d: ReturnType<typeof cenario>['dependencies']) => ganharOportunidade(d, 'o1')],
  [
    'perder',
    (d: ReturnType<typeof cenario>['dependencies']) =>
      perderOportunidade(d, { id: 'o1', motivoPerdaId: 'm1' }),
  ],
])('%s refuses', (_, encerrar) => {
  it.each<[string, Given, object]>([
    ['what is not there', { antes: null }, { code: 'NOT_FOUND' }],
    [
      'what was won',
      { antes: umaOportunidade({ situacao: 'GANHA' }) },
      { extensions: { motivo: 'OPORTUNIDADE_ENCERRADA' } },
    ],
    [
      'what was lost',
      { antes: umaOportunidade({ situacao: 'PERDIDA' }) },
      { extensions: { motivo: 'OPORTUNIDADE_ENCERRADA' } },
    ],
    [
      'what is excluded',
      { antes: umaOportunidade({ ativo: false }) },
      { extensions: { motivo: 'OPORTUNIDADE_EXCLUIDA' } },
    ],
    [
      'who may only read',
      { caller: aCaller({ permissoes: granting(['vendas:ler']) }) },
      { code: 'FORBIDDEN' },
    ],
  ])('%s, recording nothing', async (__, given, error) => {
    const { dependencies, gravar, inserir, recorded } = cenario(given);
    await expect(encerrar(dependencies)).rejects.toMatchObject(error);
    expect(gravar).not.toHaveBeenCalled();
    expect(inserir).not.toHaveBeenCalled();
    expect(recorded).toEqual([]);
  });
});

test('perder refuses a reason that is excluded', async () => {
  const { dependencies, gravar } = cenario({ motivoAtivo: false });
  await expect(perderOportunidade(dependencies, { id: 'o1', motivoPerdaId: 'm1' })).rejects.toMatchObject({
    extensions: { motivo: 'MOTIVO_EXCLUIDO' },
  });
  expect(gravar).not.toHaveBeenCalled();
});
