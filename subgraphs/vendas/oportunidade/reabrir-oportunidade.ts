import { conflict, notFound } from '../../../platform/errors';
import { guardarCliente } from '../cliente/guardar-cliente';
import type { VendasContext } from '../context';
import { exigirAtiva } from '../etapa/exigir-ativa';
import { posicaoPara } from '../quadro/posicao';
import { travarNoQuadro } from '../quadro/travar-no-quadro';
import { gravarMudanca } from './gravar-mudanca';

type Dependencies = Pick<
  VendasContext,
  'caller' | 'policy' | 'graph' | 'clientesConhecidos' | 'oportunidades' | 'unitOfWork' | 'environment'
>;

/**
 * Opens an Oportunidade that was closed again, on top of the etapa where it was; an open one stays as it is.
 *
 * @throws CodedError NOT_FOUND, for a Cliente that the Caller may not see as well; CONFLICT when it, its
 * Cliente, its etapa or its Funil is excluded; SUBGRAPH_UNAVAILABLE when nobody can say how the Cliente is.
 */
export const reabrirOportunidade = async (context: Dependencies, id: string) => {
  const alcance = context.policy.podeEscrever();
  const cliente = guardarCliente(context, 'id');
  const before = async () => {
    const [vista] = await context.oportunidades.porIds([id], alcance);
    if (!vista) throw notFound('Oportunidade', 'id');
    await cliente.exigir(vista.clienteId);
  };
  return context.unitOfWork(async (transaction) => {
    const clienteId = await cliente.travar(transaction);
    const { oportunidade: antes, destino } = await travarNoQuadro(transaction, {
      id,
      campo: 'id',
      alcance,
    });
    if (!antes.ativo) {
      throw conflict('OPORTUNIDADE_EXCLUIDA', 'Esta oportunidade foi excluída. Reative-a antes.');
    }
    if (antes.situacao === 'ABERTA') return { id };
    const { etapaId } = antes;
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
        posicao: await posicaoPara(transaction.quadro, { id, etapaId, apos: null }),
      },
      evento: { tipo: 'OportunidadeReaberta', dados: { oportunidadeId: id, clienteId } },
    });
    return { id };
  }, before);
};
