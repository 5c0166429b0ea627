import { generateKeyPairSync } from 'node:crypto';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import type { JSONWebKeySet } from 'jose';
import { pino } from 'pino';
import { request } from 'undici';
import { createAssertionSigner } from '../../assertion/sign-assertion';
import { createAssertionVerifier } from '../../assertion/verify-assertion';
import type { Caller } from '../../caller';
import { realEnvironment as environment } from '../../environment';
import { aCaller } from '../../testing/callers';
import { createExecutor } from '../execute';
import { createSubgraphServer } from '../http-server';

const aKey = (kid: string) => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid, alg: 'EdDSA', use: 'sig' };
  return { kid, privateKey, publicKey, jwk };
};

/** The key whose assertions the subgraph accepts, and one of the same name that it does not. */
export const [key, stranger] = [aKey('a'), aKey('a')];

export const sign = createAssertionSigner({ signing: () => key }, environment);

/** The credentials of a caller, anonymous when null. */
export const bearer = async (caller: Caller | null = aCaller()) => ({
  authorization: `Bearer ${await sign(caller, 'vendas')}`,
});

const typeDefs = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Query { eco: String lento: String texto(t: String!): String }
  type Mutation { mudar: Boolean }
  type Cliente @key(fields: "id") { id: ID! nome: String }`);

const jwks = { keys: [key.jwk] } as JSONWebKeySet;

/** A subgraph over HTTP whose `eco` answers with who asks, and how. */
export const serveSubgraph = async (checkReady?: () => Promise<void>) => {
  let finishSlow = (_: string) => {};
  const slow = new Promise<string>((resolve) => {
    finishSlow = resolve;
  });
  const schema = buildSubgraphSchema({
    typeDefs,
    resolvers: {
      Query: {
        eco: (_: unknown, __: unknown, asking: unknown) => JSON.stringify(asking),
        lento: () => slow,
        texto: (_: unknown, { t }: { t: string }) => t,
      },
      Mutation: { mudar: () => true },
      Cliente: { __resolveReference: ({ id }: { id: string }) => ({ id, nome: 'Ana' }) },
    },
  });
  const execute = jest.fn(createExecutor({ name: 'vendas', schema, createContext: (asking) => asking }));
  const logged: string[] = [];
  const app = createSubgraphServer({
    subgraphs: [
      {
        name: 'vendas',
        execute,
        wellKnown: { 'publico.json': async () => ({ aberto: true }) },
        stop: async () => {},
      },
    ],
    verifyAssertion: createAssertionVerifier({
      jwks: async () => jwks,
      audiences: ['vendas'],
      agora: environment.agora,
    }),
    environment,
    production: true,
    log: pino({ level: 'debug' }, { write: (line) => logged.push(line) }),
    checkReady,
  });
  const origin = await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    origin,
    execute,
    logged,
    /** What `lento` answers at last. */
    finishSlow,
    post: async (body: unknown, headers: Record<string, string | string[]> = {}) => {
      const response = await request(`${origin}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      const text = await response.body.text();
      return { status: response.statusCode, headers: response.headers, text, json: JSON.parse(text) };
    },
    close: () => app.close(),
  };
};
