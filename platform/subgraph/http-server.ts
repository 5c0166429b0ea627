import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Asserted, VerifyAssertion } from '../assertion/verify-assertion';
import type { Environment } from '../environment';
import type { Health } from '../health/health';
import { createHttpApp } from '../http/http-app';
import { sendProblem } from '../http/problem';
import { serveWellKnown } from '../http/well-known';
import type { Log } from '../log';
import type { SubgraphResponse } from '../subgraph-link';
import { largestResponse } from '../subgraph-links/instance';
import { readRequestInfo } from '../subgraph-links/request-info-headers';
import { InvalidTokenError } from '../verified-jwt';
import type { RunningSubgraph } from './define-subgraph';

/**
 * The router takes 1 MB from a client, but what it asks us may list every entity that other subgraphs have just
 * answered.
 */
const bodyLimit = largestResponse;
/** An assertion is as long as the token it stands for, which alone may fill the 16 kB that the router takes. */
const headerLimit = 32 * 1024;

const mediaType = 'application/graphql-response+json; charset=utf-8';

const requestBody = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
});

type Options = {
  /** The subgraphs of this process; an assertion names the one that it is for. */
  readonly subgraphs: readonly RunningSubgraph[];
  readonly verifyAssertion: VerifyAssertion;
  readonly environment: Environment;
  readonly production: boolean;
  readonly log: Log;
  /** Rejects when this process cannot do its work for now. */
  readonly checkReady?: () => Promise<void>;
  /** How this process and what it needs is. */
  readonly health?: Pick<Health, 'report'>;
  /** How long what is in flight may take once the process ends, in milliseconds. */
  readonly drainTimeout?: number;
};

/** By GraphQL over HTTP: 200 when there is `data`, null included, and 400 when nothing was executed. */
const statusOf = ({ data }: SubgraphResponse): number => (data === undefined ? 400 : 200);

const readAssertion = (verifyAssertion: VerifyAssertion) => async (authorization: string | undefined) => {
  const token = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1];
  if (!token) return null;
  return verifyAssertion(token).catch((error: unknown) => {
    if (error instanceof InvalidTokenError) return null;
    throw error;
  });
};

const describeRequest = (request: FastifyRequest): Record<string, unknown> => ({
  subgraph: request.getDecorator<Asserted | null>('asserted')?.audience,
});

/**
 * Serves subgraphs over HTTP to the router and to each other. `POST /graphql` takes nothing but a request whose
 * assertion says who asks: all else is 401 before its body is read. What a subgraph publishes below
 * `/.well-known/`, and the health checks, are for anybody.
 */
export const createSubgraphServer = (options: Options): FastifyInstance => {
  const byName = new Map(options.subgraphs.map((subgraph) => [subgraph.name, subgraph]));
  const assertedBy = readAssertion(options.verifyAssertion);
  const app = createHttpApp({ ...options, bodyLimit, headerLimit, describeRequest });
  app.decorateRequest('asserted', null);

  const identify = async (request: FastifyRequest, reply: FastifyReply) => {
    const asserted = await assertedBy(request.headers.authorization);
    request.setDecorator('asserted', asserted);
    if (!asserted) return sendProblem(request, reply.header('www-authenticate', 'Bearer'), 401);
  };

  app.post('/graphql', { onRequest: identify }, async (request, reply) => {
    const { caller, audience } = request.getDecorator<Asserted>('asserted');
    const { data: body } = requestBody.safeParse(request.body);
    if (!body) return sendProblem(request, reply, 400);
    const { query, operationName, variables } = body;
    const response = await byName
      .get(audience)!
      .execute(
        { query, operationName: operationName ?? undefined, variables: variables ?? undefined },
        { caller, info: readRequestInfo(request.headers, request.id) },
      );
    return reply.code(statusOf(response)).type(mediaType).send(JSON.stringify(response));
  });
  serveWellKnown(app, Object.assign({}, ...options.subgraphs.map(({ wellKnown }) => wellKnown)));
  return app;
};
