import type { CloudEvent } from '../../../platform/events/cloud-event';
import type { EventTransaction } from '../../../platform/events/subscribers';
import type { Repositories } from '../context';

/** Notes that a Cliente is there. */
export const registrarCliente = async (
  { clientesConhecidos }: Pick<EventTransaction<Repositories>, 'clientesConhecidos'>,
  { data, sequence }: CloudEvent<'ClienteCriado'>,
): Promise<void> => {
  await clientesConhecidos.gravar({ id: data.clienteId, ativo: true, sequencia: BigInt(sequence) });
};
