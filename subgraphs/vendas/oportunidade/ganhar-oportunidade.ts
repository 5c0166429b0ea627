import { notFound } from '../../../platform/errors';
import type { VendasContext } from '../context';
import { gravarMudanca } from './gravar-mudanca';
import { exigirAberta } from './oportunidade.rules';

type Dependencies = Pick<VendasContext, 'caller' | 'policy' | 'unitOfWork' | 'environment'>;

/**
 * Closes an Oportunidade with the sale made.
 *
 * @throws CodedError NOT_FOUND, CONFLICT when it is closed or excluded already.
 */
export const ganharOportunidade = async (context: Dependencies, id: string) => {
  const alcance = context.policy.podeEscrever();
  return context.unitOfWork(async (transaction) => {
    const antes = await transaction.oportunidades.travar(id, alcance);
    if (!antes) throw notFound('Oportunidade', 'dados.id');
    exigirAberta(antes);
    await gravarMudanca(context, transaction, {
      tipo: 'GANHA',
      acao: 'oportunidade.ganhar',
      antes,
      muda: { situacao: 'GANHA', encerradaEm: context.environment.agora(), posicao: null },
      evento: { tipo: 'OportunidadeGanha', dados: { oportunidadeId: id, clienteId: antes.clienteId } },
    });
    return { id };
  });
};
