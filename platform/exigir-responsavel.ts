import { forbidden } from './errors';
import type { GraphClient } from './graph-client';
import { type Colleagues, type Reach, reaches } from './reach';

type Dependencies = {
  readonly graph: GraphClient;
  readonly colegas: Colleagues;
};

/**
 * Sees to it that nobody puts a thing into hands, or leaves it in nobody's, where their own reach ends.
 *
 * @param alcance of the change for which the owner is named.
 * @param responsavelId the owner to be; null for none.
 * @throws CodedError FORBIDDEN when the change does not reach so far, NOT_FOUND when the person is not of the
 * Caller's organization, SUBGRAPH_UNAVAILABLE when nobody can say.
 */
export const exigirResponsavel = async (
  { graph, colegas }: Dependencies,
  alcance: Reach,
  responsavelId: string | null,
): Promise<void> => {
  if (!(await reaches(alcance, responsavelId, colegas))) {
    throw forbidden('Você não pode deixar isto sob os cuidados dessa pessoa.', 'FORA_DO_ALCANCE');
  }
  if (responsavelId === null || responsavelId === alcance.usuarioId) return;
  await graph.requireEntity(
    { subgraph: 'usuarios', typeName: 'Usuario', nome: 'Usuário' },
    responsavelId,
    'dados.responsavelId',
  );
};
