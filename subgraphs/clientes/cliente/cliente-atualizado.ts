import type { ChangeRecord } from '../../../platform/db/unit-of-work';

type Change = Pick<ChangeRecord, 'acao' | 'entidade' | 'id' | 'campos'> & { readonly clienteId: string };

/** A change of a Cliente, or of something that is part of one, as the other domains hear of it. */
export const clienteAtualizado = ({ clienteId, ...change }: Change): ChangeRecord => ({
  ...change,
  agregadoId: clienteId,
  evento: { tipo: 'ClienteAtualizado', dados: { clienteId, campos: change.campos } },
});
