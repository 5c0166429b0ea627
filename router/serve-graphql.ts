import type { ApolloServer, BaseContext } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { allowLandingPage } from './landing-page';
import { limitEncodedBody } from './limit-encoded-body';

type Options<Context extends BaseContext> = {
  readonly path: string;
  readonly context: (request: FastifyRequest) => Promise<Context>;
};

/**
 * Answers GraphQL over HTTP by an Apollo Server that was started, on an app of `createHttpServer`. Bodies may arrive
 * compressed; what they inflate to has the limit of the app.
 */
export const serveGraphql = <Context extends BaseContext>(
  app: FastifyInstance,
  apollo: ApolloServer<Context>,
  { path, context }: Options<Context>,
): void => {
  const answer = fastifyApolloHandler(apollo, { context });
  app.route({
    method: ['GET', 'POST'],
    url: path,
    decompress: { requestEncodings: ['br', 'gzip', 'deflate', 'identity'] },
    preParsing: limitEncodedBody,
    handler: async function (request, reply) {
      const body = await answer.call(this, request, reply);
      allowLandingPage(reply, body);
      return body;
    },
  });
};
