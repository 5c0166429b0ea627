import { badUserInput, notFound } from '../../../platform/errors';
import type { VendasContext } from '../context';
import { exigirAtiva } from '../etapa/exigir-ativa';
import { posicaoPara } from '../quadro/posicao';
import { travarNoQuadro } from '../quadro/travar-no-quadro';
import { gravarMudanca } from './gravar-mudanca';
import type { MoverOportunidadeInput } from './oportunidade.input';
import { exigirAberta, exigirEtapaDoFunil } from './oportunidade.rules';

type Dependencies = Pick<VendasContext, 'caller' | 'policy' | 'unitOfWork' | 'environment'>;

/**
 * Puts an open Oportunidade directly after another one of an etapa of its Funil, or on top of the etapa.
 *
 * @throws CodedError NOT_FOUND for it, for the etapa, or when `aposId` is no open Oportunidade of the etapa within reach;
 * BAD_USER_INPUT for an etapa of another Funil or a place after itself; CONFLICT when it is closed or
 * excluded, or somebody moves it to another etapa at the same moment.
 */
export const moverOportunidade = async (
  context: Dependencies,
  { id, etapaId, aposId = null }: MoverOportunidadeInput,
) => {
  const alcance = context.policy.podeEscrever();
  if (aposId === id) {
    throw badUserInput([
      { campo: 'dados.aposId', mensagem: 'Uma oportunidade não pode ficar depois de si mesma.' },
    ]);
  }
  return context.unitOfWork(async (transaction) => {
    const { oportunidade: antes, destino } = await travarNoQuadro(transaction, {
      id,
      campo: 'dados.id',
      paraEtapaId: etapaId,
      alcance,
    });
    exigirAberta(antes);
    exigirEtapaDoFunil(destino, antes.funilId);
    await exigirAtiva(transaction, destino);
    const apos = aposId === null ? null : { id: aposId, alcance };
    const posicao = await posicaoPara(transaction.quadro, { id, etapaId, apos });
    if (posicao === null) throw notFound('Oportunidade', 'dados.aposId');
    await gravarMudanca(context, transaction, {
      tipo: 'MOVIDA',
      acao: 'oportunidade.mover',
      antes,
      muda: { etapaId, posicao },
      evento: {
        tipo: 'OportunidadeMovida',
        dados: { oportunidadeId: id, deEtapaId: antes.etapaId, paraEtapaId: etapaId },
      },
    });
    return { id };
  });
};
