import type { VendasContext } from '../context';
import { exigirAtiva } from '../etapa/exigir-ativa';
import { posicaoPara } from '../quadro/posicao';
import { travarNoQuadro } from '../quadro/travar-no-quadro';
import { gravarMudanca } from './gravar-mudanca';
import type { Oportunidade } from './oportunidade.type';

type Dependencies = Pick<VendasContext, 'caller' | 'policy' | 'unitOfWork' | 'environment'>;

/**
 * Undoes the exclusion of an Oportunidade; if it is open, it comes back on top of its etapa. One that is
 * active stays as it is.
 *
 * @throws CodedError NOT_FOUND, CONFLICT when it is open and its etapa or its Funil is excluded.
 */
export const reativarOportunidade = async (context: Dependencies, id: string) => {
  const alcance = context.policy.podeExcluir();
  return context.unitOfWork(async (transaction) => {
    const { oportunidade: antes, destino } = await travarNoQuadro(transaction, {
      id,
      campo: 'id',
      alcance,
    });
    if (antes.ativo) return { id };
    const muda: Partial<Oportunidade> = { ativo: true };
    if (antes.situacao === 'ABERTA') {
      await exigirAtiva(transaction, destino);
      muda.posicao = await posicaoPara(transaction.quadro, { id, etapaId: destino.id, apos: null });
    }
    await gravarMudanca(context, transaction, {
      tipo: 'REATIVADA',
      acao: 'oportunidade.reativar',
      antes,
      muda,
    });
    return { id };
  });
};
