import type { FastifyInstance } from 'fastify';
import type { WellKnown } from '../subgraph/define-subgraph';

/** Short enough that a new signing key is known before the first token signed with it is refused for long. */
const cacheControl = 'public, max-age=300';

export const serveWellKnown = (app: FastifyInstance, documents: WellKnown): void => {
  app.get<{ Params: { document: string } }>('/.well-known/:document', async (request, reply) => {
    const read = Object.hasOwn(documents, request.params.document) && documents[request.params.document];
    if (!read) return reply.callNotFound();
    const document = await read();
    return reply.type('application/json; charset=utf-8').header('cache-control', cacheControl).send(document);
  });
};
