import { conflict, notFound } from '../../../platform/errors';
import type { Repositories, VendasContext } from '../context';
import { gravarMudanca } from './gravar-mudanca';
import type { PerderOportunidadeInput } from './oportunidade.input';
import { exigirAberta } from './oportunidade.rules';

type Dependencies = Pick<VendasContext, 'caller' | 'policy' | 'unitOfWork' | 'environment'>;

const exigirMotivoAtivo = async ({ motivosPerda }: Repositories, id: string): Promise<void> => {
  const [motivo] = await motivosPerda.porIds([id]);
  if (!motivo) throw notFound('Motivo de perda', 'dados.motivoPerdaId');
  if (motivo.ativo) return;
  throw conflict('MOTIVO_EXCLUIDO', 'Este motivo de perda foi excluído. Reative-o ou escolha outro.', [
    { campo: 'dados.motivoPerdaId', mensagem: 'O motivo de perda foi excluído.' },
  ]);
};

/**
 * Closes an Oportunidade without the sale.
 *
 * @throws CodedError NOT_FOUND for it or for the reason, CONFLICT when it is closed or excluded already, or
 * the reason is excluded.
 */
export const perderOportunidade = async (
  context: Dependencies,
  { id, motivoPerdaId, observacao }: PerderOportunidadeInput,
) => {
  const alcance = context.policy.podeEscrever();
  return context.unitOfWork(async (transaction) => {
    const antes = await transaction.oportunidades.travar(id, alcance);
    if (!antes) throw notFound('Oportunidade', 'dados.id');
    exigirAberta(antes);
    await exigirMotivoAtivo(transaction, motivoPerdaId);
    await gravarMudanca(context, transaction, {
      tipo: 'PERDIDA',
      acao: 'oportunidade.perder',
      antes,
      muda: {
        situacao: 'PERDIDA',
        motivoPerdaId,
        observacaoPerda: observacao?.trim() || null,
        encerradaEm: context.environment.agora(),
        posicao: null,
      },
      evento: {
        tipo: 'OportunidadePerdida',
        dados: { oportunidadeId: id, clienteId: antes.clienteId, motivoPerdaId },
      },
    });
    return { id };
  });
};
