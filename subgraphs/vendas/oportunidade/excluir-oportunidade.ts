import { notFound } from '../../../platform/errors';
import type { VendasContext } from '../context';
import { gravarMudanca } from './gravar-mudanca';
import type { ExcluirOportunidadeInput } from './oportunidade.input';

type Dependencies = Pick<VendasContext, 'caller' | 'policy' | 'unitOfWork' | 'environment'>;

/**
 * Deactivates an Oportunidade, which leaves its board, or erases it with its history.
 *
 * @throws CodedError NOT_FOUND.
 */
export const excluirOportunidade = async (
  context: Dependencies,
  { id, definitivo }: ExcluirOportunidadeInput,
) => {
  const alcance = context.policy.podeExcluir();
  return context.unitOfWork(async (transaction) => {
    const antes = await transaction.oportunidades.travar(id, alcance);
    if (!antes) throw notFound('Oportunidade', 'dados.id');
    const evento = { tipo: 'OportunidadeExcluida', dados: { oportunidadeId: id, definitivo } } as const;
    if (definitivo) {
      await transaction.oportunidades.apagar(id);
      transaction.record({
        acao: 'oportunidade.apagar',
        entidade: 'Oportunidade',
        id,
        campos: ['ativo'],
        evento,
      });
    } else if (antes.ativo) {
      await gravarMudanca(context, transaction, {
        tipo: 'EXCLUIDA',
        acao: 'oportunidade.excluir',
        antes,
        muda: { ativo: false, posicao: null },
        evento,
      });
    }
    return { id, definitiva: definitivo };
  });
};
