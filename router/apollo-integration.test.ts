import type { AddressInfo } from 'node:net';
import {
  ApolloServer,
  type ApolloServerOptions,
  type ApolloServerPlugin,
  type BaseContext,
} from '@apollo/server';
import {
  type CreateServerForIntegrationTestsOptions,
  defineIntegrationTestSuite,
} from '@apollo/server-integration-testsuite';
import { pino } from 'pino';
import { realEnvironment } from '../platform/environment';
import { createHttpServer } from './http-server';
import { serveGraphql } from './serve-graphql';

// The suite for 5.5.1 was never published: that for 5.5.0 brings a server of its own, and checks that ours is of it.
jest.mock('../node_modules/@apollo/server-integration-testsuite/node_modules/@apollo/server', () =>
  jest.requireActual('@apollo/server'),
);

defineIntegrationTestSuite(
  async (config, options?: CreateServerForIntegrationTestsOptions) => {
    const app = await createHttpServer({
      environment: realEnvironment,
      production: false,
      log: pino({ level: 'silent' }),
      proxies: [],
      origins: [],
      bodyLimit: 1024 * 1024,
      describeRequest: () => ({}),
    });
    // Of what is no JSON it expects to be told in words of English.
    app.addHook('onSend', async (_, { statusCode }, payload) =>
      statusCode === 400 ? String(payload).replace('Requisição inválida', 'Bad Request') : payload,
    );
    const server = new ApolloServer({
      ...(config as ApolloServerOptions<BaseContext>),
      plugins: [
        ...((config.plugins ?? []) as ApolloServerPlugin[]),
        { serverWillStart: async () => ({ drainServer: () => app.close() }) },
      ],
    });
    await server.start();
    serveGraphql(app, server, {
      path: '/',
      context: async () => options?.context?.() ?? {},
    });
    await app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = app.server.address() as AddressInfo;
    return { server: server as never, url: `http://127.0.0.1:${port}`, extraCleanup: () => app.close() };
  },
  { serverIsStartedInBackground: false },
);
