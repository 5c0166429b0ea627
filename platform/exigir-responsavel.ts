import type { GraphClient } from './graph-client';

/** @throws CodedError NOT_FOUND when the person is not of the Caller's organization. */
export const exigirResponsavel = async (graph: GraphClient, responsavelId: string | null): Promise<void> => {
  if (responsavelId === null) return;
  await graph.requireEntity(
    { subgraph: 'usuarios', typeName: 'Usuario', nome: 'Usuário' },
    responsavelId,
    'dados.responsavelId',
  );
};
