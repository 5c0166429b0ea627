import type { FastifyRequest } from 'fastify';
import { noteOfRequest, type OperationNote, toldName } from './operation-note';

const describeFetches = ({ fetches }: OperationNote) =>
  Object.fromEntries(
    [...fetches].map(([name, { count, ms, isAnswered }]) => [
      name,
      { count, ms: Math.round(ms), ...(!isAnswered && { failed: true }) },
    ]),
  );

const isEmpty = (object: object) => Object.keys(object).length === 0;

/**
 * What the log tells of an operation: which, whose (ids), and what came of it. The client's address is personal data,
 * which the audit trail keeps where the law has a use for it, and is not here; neither is anything of the document but
 * its name and hash.
 */
export const describeRequest = (request: FastifyRequest): Record<string, unknown> => {
  const note = noteOfRequest(request);
  if (!note) return {};
  const { name, registered, type, hash, errors } = note;
  const { caller } = note.asking;
  return {
    operation: toldName(registered, name),
    type,
    hash,
    ...(caller && {
      usuarioId: caller.usuarioId,
      organizacaoId: caller.organizacaoId,
      sessaoId: caller.sessaoId,
    }),
    ...(!isEmpty(errors) && { errors }),
    ...(note.fetches.size > 0 && { subgraphs: describeFetches(note) }),
  };
};
