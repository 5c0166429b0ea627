import type { Limit } from '../../../platform/limits/limits';
import type { Reach } from '../../../platform/reach';
import type { ClientesContext } from '../context';

type Dependencies = Pick<ClientesContext, 'policy' | 'limits'>;

/** Each document that is given tells whether somebody has it, and a mask leaves no more than 1,000 CPFs to try. */
const documentosPorPessoa: Limit = { name: 'documentos-por-pessoa', attempts: 60, window: 60 * 60 };

/**
 * Counts a document that is about to be given to a Cliente, unless the Caller sees all of them anyway: also when it is
 * taken, is the one that the Cliente has, or is refused afterwards.
 *
 * @param alcance of the change, which says whose it is.
 * @param documento nothing is counted without one.
 * @throws CodedError RATE_LIMITED after 60 of the person in an hour, SUBGRAPH_UNAVAILABLE when nobody can count.
 */
export const contarDocumento = async (
  { policy, limits }: Dependencies,
  { usuarioId }: Reach,
  documento: string | null | undefined,
): Promise<void> => {
  if (!documento || policy.documentosVisiveis()?.alcance === 'TODOS') return;
  await limits.attempt(documentosPorPessoa, usuarioId);
};
