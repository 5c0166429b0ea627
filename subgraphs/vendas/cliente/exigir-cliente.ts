import { conflict, notFound } from '../../../platform/errors';
import type { GraphClient } from '../../../platform/graph-client';

/**
 * @throws CodedError NOT_FOUND when the Cliente is not of the Caller's organization, CONFLICT when it is
 * excluded, SUBGRAPH_UNAVAILABLE when its domain does not answer.
 */
export const exigirCliente = async (graph: GraphClient, clienteId: string): Promise<void> => {
  const cliente = await graph.entity<{ readonly ativo: boolean }>(
    { subgraph: 'clientes', typeName: 'Cliente' },
    clienteId,
    'id ativo',
  );
  if (!cliente) throw notFound('Cliente', 'dados.clienteId');
  if (cliente.ativo) return;
  throw conflict('CLIENTE_EXCLUIDO', 'Este cliente foi excluído. Reative-o ou escolha outro.', [
    { campo: 'dados.clienteId', mensagem: 'O cliente foi excluído.' },
  ]);
};
