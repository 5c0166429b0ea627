import type { CloudEvent } from '../../../platform/events/cloud-event';
import type { EventTransaction } from '../../../platform/events/subscribers';
import type { Repositories } from '../context';
import { anotarMudancas } from './anotar-mudancas';

type Effect = Pick<
  EventTransaction<Repositories>,
  'clientesConhecidos' | 'carteira' | 'historico' | 'record' | 'environment'
>;

/**
 * Nobody sells to a Cliente that is excluded: what is open is cancelled, which is neither won nor lost, so
 * that no figure tells of a sale that failed. With one that is erased, whatever remains forgets who it was.
 */
export const cancelarOportunidadesDoCliente = async (
  transaction: Effect,
  { data: { clienteId, definitivo }, sequence }: CloudEvent<'ClienteExcluido'>,
): Promise<void> => {
  const { clientesConhecidos, carteira, environment } = transaction;
  const em = environment.agora();
  await clientesConhecidos.gravar({ id: clienteId, ativo: false, sequencia: BigInt(sequence) });
  await anotarMudancas(transaction, await carteira.cancelar(clienteId, em), {
    tipo: 'CANCELADA',
    acao: 'oportunidade.cancelar',
    campos: ['situacao', 'encerradaEm', 'posicao'],
    em,
    evento: (oportunidadeId) => ({ tipo: 'OportunidadeCancelada', dados: { oportunidadeId, clienteId } }),
  });
  if (!definitivo) return;
  await anotarMudancas(transaction, await carteira.desvincular(clienteId, em), {
    tipo: 'DESVINCULADA',
    acao: 'oportunidade.desvincular',
    campos: ['clienteId'],
    em,
    evento: (oportunidadeId) => ({
      tipo: 'OportunidadeAtualizada',
      dados: { oportunidadeId, campos: ['clienteId'] },
    }),
  });
};
