import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { Environment } from '../platform/environment';
import { serveWellKnown } from '../platform/http/well-known';
import type { Log } from '../platform/log';
import type { WellKnown } from '../platform/subgraph/define-subgraph';
import type { SubgraphLinks } from '../platform/subgraph-link';
import type { JwksSource } from '../platform/verified-jwt';
import { createAskingOf } from './auth/request-context';
import type { Revocations } from './auth/revocations';
import { createTokenVerifier } from './auth/verify-token';
import { startGraphqlServer } from './graphql-server';
import { createHttpServer } from './http-server';
import { allowLandingPage } from './landing-page';
import { failBeginning } from './request-of-error';

type Options = {
  /** The composed supergraph, as text. */
  readonly supergraph: string;
  /** Reads it again, where it may change while it is served; it is asked every few seconds. */
  readonly readSupergraph?: () => Promise<string>;
  readonly links: SubgraphLinks;
  readonly jwks: JwksSource;
  /** Null where nobody revokes: a token is then good until it expires. */
  readonly revocations: Revocations | null;
  readonly wellKnown: WellKnown;
  readonly environment: Environment;
  readonly production: boolean;
  readonly log: Log;
  /** Addresses and networks of the proxies in front, whose word on the address of a client is taken. */
  readonly proxies: readonly string[];
};

/**
 * Puts HTTP, Apollo Server and the gateway together: the one door of the supergraph. `app` is the Fastify
 * instance, to listen with; `close` stops accepting, lets what is in flight finish and closes idle connections.
 * The links stay their maker's to close, after this.
 */
export const createRouter = async (options: Options) => {
  const {
    supergraph,
    readSupergraph,
    links,
    jwks,
    revocations,
    wellKnown,
    environment,
    production,
    log,
    proxies,
  } = options;
  const apollo = await startGraphqlServer({ supergraph, readSupergraph, links, production, log });
  const app = await createHttpServer({ environment, production, log, proxies });

  const verifyToken = createTokenVerifier(jwks, environment.agora);
  const askingOf = createAskingOf({ verifyToken, revocations, environment });
  const answer = fastifyApolloHandler(apollo, {
    context: async (request) => ({ asking: await askingOf(request).catch(failBeginning(request.id)) }),
  });
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    handler: async function (request, reply) {
      const body = await answer.call(this, request, reply);
      allowLandingPage(reply, body);
      return body;
    },
  });
  if (!production) app.get('/', (_, reply) => reply.redirect('/graphql'));
  serveWellKnown(app, wellKnown);

  const close = async () => {
    await app.close();
    await apollo.stop();
  };
  let closed: Promise<void> | undefined;

  return {
    app,
    // A second call of `apollo.stop` while the first runs would never end.
    close: (): Promise<void> => {
      closed ??= close();
      return closed;
    },
  };
};
