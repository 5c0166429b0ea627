import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { withoutRequest } from '../../platform/caller';
import type { Environment } from '../../platform/environment';
import type { SubgraphLink } from '../../platform/subgraph-link';

const query = 'query ($desde: DateTime!) { revogacoes(desde: $desde) { sessaoId usuarioId desde } }';

const answer = z.object({
  revogacoes: z.array(
    z.object({
      sessaoId: z.uuid().nullable(),
      usuarioId: z.uuid().nullable(),
      desde: z.coerce.date(),
    }),
  ),
});

/** Every access token of a session, or of a person, that was issued before an instant is worth nothing. */
export type Revogacao = z.output<typeof answer>['revogacoes'][number];

/** The entries registered since an instant. */
export type ReadRevocations = (since: Date) => Promise<readonly Revogacao[]>;

/**
 * Makes the reader of the entries that usuarios keeps, over the link to it.
 *
 * @throws Error when usuarios does not answer within `patienceMs`, or answers anything else.
 */
export const createRevocationsReader = (
  link: SubgraphLink,
  { agora }: Pick<Environment, 'agora'>,
  patienceMs: number,
): ReadRevocations => {
  const info = withoutRequest(randomUUID());
  return async (since) => {
    const request = { query, variables: { desde: since.toISOString() } };
    const prazo = agora().getTime() + patienceMs;
    const { data, errors } = await link(request, { caller: null, info: { ...info, prazo } });
    if (errors?.length) throw new Error(`usuarios refused to tell: ${errors[0]?.message}`);
    return answer.parse(data).revogacoes;
  };
};
