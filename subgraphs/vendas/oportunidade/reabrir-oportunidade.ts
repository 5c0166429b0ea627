import { conflict } from '../../../platform/errors';
import type { VendasContext } from '../context';
import { exigirAtiva } from '../etapa/exigir-ativa';
import { posicaoPara } from '../quadro/posicao';
import { travarNoQuadro } from '../quadro/travar-no-quadro';
import { gravarMudanca } from './gravar-mudanca';

type Dependencies = Pick<VendasContext, 'caller' | 'policy' | 'unitOfWork' | 'environment'>;

/**
 * Opens a won or lost Oportunidade again, on top of the etapa where it was; an open one stays as it is.
 *
 * @throws CodedError NOT_FOUND, CONFLICT when it, its etapa or its Funil is excluded.
 */
export const reabrirOportunidade = async (context: Dependencies, id: string) => {
  context.policy.podeEscrever();
  return context.unitOfWork(async (transaction) => {
    const { oportunidade: antes, destino } = await travarNoQuadro(transaction, { id, campo: 'id' });
    if (!antes.ativo) {
      throw conflict('OPORTUNIDADE_EXCLUIDA', 'Esta oportunidade foi excluída. Reative-a antes.');
    }
    if (antes.situacao === 'ABERTA') return { id };
    const { etapaId, clienteId } = antes;
    await exigirAtiva(transaction, destino);
    await gravarMudanca(context, transaction, {
      tipo: 'REABERTA',
      acao: 'oportunidade.reabrir',
      antes,
      muda: {
        situacao: 'ABERTA',
        motivoPerdaId: null,
        observacaoPerda: null,
        encerradaEm: null,
        posicao: await posicaoPara(transaction.quadro, { id, etapaId, aposId: null }),
      },
      evento: { tipo: 'OportunidadeReaberta', dados: { oportunidadeId: id, clienteId } },
    });
    return { id };
  });
};
