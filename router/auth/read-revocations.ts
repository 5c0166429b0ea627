import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { withoutRequest } from '../../platform/caller';
import type { Environment } from '../../platform/environment';
import type { SubgraphLink } from '../../platform/subgraph-link';

const query = `query ($registradasDesde: DateTime) {
  revogacoes(registradasDesde: $registradasDesde) { lidasAte entradas { sessaoId usuarioId organizacaoId desde } }
}`;

const answer = z.object({
  revogacoes: z.object({
    lidasAte: z.coerce.date(),
    entradas: z.array(
      z.object({
        sessaoId: z.uuid().nullable(),
        usuarioId: z.uuid().nullable(),
        organizacaoId: z.uuid().nullable(),
        desde: z.coerce.date(),
      }),
    ),
  }),
});

/** The latest entry of each session, person and person in an organization, and up to when all were read, by the clock of usuarios' database. */
export type RevogacoesLidas = z.output<typeof answer>['revogacoes'];

/** Every access token of a session, or of a person, everywhere or in one organization, that was issued before an instant is worth nothing. */
export type Revogacao = RevogacoesLidas['entradas'][number];

/** The entries registered since an instant of the clock of usuarios' database; all of them for null. */
export type ReadRevocations = (registeredSince: Date | null) => Promise<RevogacoesLidas>;

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
  return async (registeredSince) => {
    const request = { query, variables: { registradasDesde: registeredSince?.toISOString() ?? null } };
    const prazo = agora().getTime() + patienceMs;
    const { data, errors } = await link(request, { caller: null, info: { ...info, prazo } });
    if (errors?.length) throw new Error(`usuarios refused to tell: ${errors[0]?.message}`);
    return answer.parse(data).revogacoes;
  };
};
