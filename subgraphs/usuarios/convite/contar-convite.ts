import type { Caller } from '../../../platform/caller';
import type { Limit, Limits } from '../../../platform/limits/limits';

const oneHour = 60 * 60;

/** Whoever may invite can have anybody written to, in the name of an organization that they named themselves. */
const convitesPorPessoa: Limit = { name: 'convites-por-pessoa', attempts: 50, window: oneHour };
const convitesPorOrganizacao: Limit = {
  name: 'convites-por-organizacao',
  attempts: 200,
  window: 24 * oneHour,
};

/**
 * Counts an invitation that is about to be sent, for the first time or again.
 *
 * @throws CodedError RATE_LIMITED after too many of the person or of the organization, SUBGRAPH_UNAVAILABLE when nobody
 * can count.
 */
export const contarConvite = async (
  limits: Limits,
  { usuarioId, organizacaoId }: Pick<Caller, 'usuarioId' | 'organizacaoId'>,
): Promise<void> => {
  await limits.attempt(convitesPorPessoa, usuarioId);
  await limits.attempt(convitesPorOrganizacao, organizacaoId);
};
