import { conflict, notFound } from '../../../platform/errors';
import type { Repositories, VendasContext } from '../context';

type Dependencies = Pick<VendasContext, 'graph' | 'clientesConhecidos'>;

const excluido = (campo: string) =>
  conflict('CLIENTE_EXCLUIDO', 'Este cliente foi excluído. Reative-o ou escolha outro.', [
    { campo, mensagem: 'O cliente foi excluído.' },
  ]);

/**
 * Sees to it that an Oportunidade is opened for an active Cliente only, and that none is left open when the
 * Cliente is excluded at the same moment.
 *
 * @param campo the field of the input that leads to the Cliente.
 */
export const guardarCliente = ({ graph, clientesConhecidos }: Dependencies, campo: string) => {
  let visto: { readonly id: string; readonly sequencia: bigint } | null = null;
  return {
    /**
     * Asks the Cliente's own domain, which knows best; before the transaction.
     *
     * @param id null for a Cliente that was erased.
     * @throws CodedError NOT_FOUND when the Cliente is not of the Caller's organization, CONFLICT when it is
     * excluded, SUBGRAPH_UNAVAILABLE when its domain does not answer.
     */
    exigir: async (id: string | null): Promise<void> => {
      if (id === null) throw excluido(campo);
      // Before the question: of an exclusion after the answer the event can only come later.
      const sequencia = await clientesConhecidos.sequenciaDe(id);
      const cliente = await graph.entity<{ readonly ativo: boolean }>(
        { subgraph: 'clientes', typeName: 'Cliente' },
        id,
        'id ativo',
      );
      if (!cliente) throw notFound('Cliente', campo);
      if (!cliente.ativo) throw excluido(campo);
      visto = { id, sequencia };
    },

    /**
     * Keeps the event of an exclusion waiting until the transaction ends, when it finds what was opened. To be
     * locked before any etapa or Oportunidade. What was known before the Cliente's domain was asked decides
     * nothing: it may have been reactivated since.
     *
     * @returns the Cliente's id.
     * @throws CodedError CONFLICT when the Cliente was excluded after its domain was asked.
     */
    travar: async (transaction: Pick<Repositories, 'clientesConhecidos'>): Promise<string> => {
      if (!visto) throw new Error('A Cliente is locked only after its domain was asked.');
      const conhecido = await transaction.clientesConhecidos.travar(visto.id);
      if (!conhecido.ativo && conhecido.sequencia !== visto.sequencia) throw excluido(campo);
      return visto.id;
    },
  };
};
