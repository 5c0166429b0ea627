import { generateKeyPairSync } from 'node:crypto';
import { decodeJwt } from 'jose';
import { createAssertionSigner } from '../platform/assertion/sign-assertion';
import { realEnvironment } from '../platform/environment';
import { assertedHeaders } from '../platform/subgraph-links/hop-headers';
import { createHttpLinks } from '../platform/subgraph-links/http';
import { aCaller } from '../platform/testing/callers';
import { accessTokens, pessoa } from './testing/access-tokens';
import { fakeSchema } from './testing/fake-supergraph';
import { subgraphServer } from './testing/subgraph-server';
import { withRouter } from './testing/test-router';

const query = '{ clientes { nome responsavel { nome } } }';
const mark = 'intruso';

/** A router that reaches its subgraphs over HTTP, and all that they were told. */
const reaching = async (use: Parameters<typeof withRouter>[0], jwks: () => Promise<object>) => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const signing = () => ({ kid: 'interna', privateKey });
  const names = ['clientes', 'usuarios', 'vendas'] as const;
  const servers = await Promise.all(names.map((name) => subgraphServer(fakeSchema(name))));
  const { links, close } = createHttpLinks(new Map(names.map((name, i) => [name, [servers[i]!.url]])), {
    environment: realEnvironment,
    hopHeaders: assertedHeaders(createAssertionSigner({ signing }, realEnvironment)),
  });
  try {
    await withRouter(use, { links, jwks: jwks as never, production: true })();
  } finally {
    await close();
    await Promise.all(servers.map((server) => server.close()));
  }
  return servers.flatMap(({ received }) => received.map(({ headers }) => headers));
};

const forged = (assertion: string): Record<string, string> => ({
  'x-usuario-id': mark,
  'x-organizacao-id': mark,
  'x-sessao-id': mark,
  'x-caller': JSON.stringify(aCaller({ usuarioId: mark })),
  'x-permissoes': mark,
  'x-teia-caller': mark,
  'x-teia-usuario': mark,
  'x-teia-assertion': assertion,
  'x-user-id': mark,
  'x-forwarded-user': mark,
  'x-forwarded-for': '203.0.113.66',
  'x-forwarded-host': mark,
  'x-real-ip': '203.0.113.66',
  forwarded: `for=203.0.113.66;by=${mark}`,
  'x-deadline': '9999999999999',
  'x-correlation-id': `${mark}-correlacao`,
  'x-internal': mark,
  'proxy-authorization': `Bearer ${assertion}`,
  'x-authorization': `Bearer ${assertion}`,
  cookie: `authorization=Bearer ${assertion}; usuario=${mark}`,
  baggage: `usuario=${mark}`,
  tracestate: `usuario=${mark}`,
});

describe('what a client says of itself', () => {
  test.each([true, false])('reaches no subgraph in any header (signed in: %s)', async (isSignedIn) => {
    const { sign, jwks } = await accessTokens();
    const token = await sign();
    const foreign = await (await accessTokens('interna')).sign(
      { aud: 'clientes' },
      { typ: 'teia-assertion+jwt' },
    );
    const received = await reaching(async ({ ask }) => {
      const headers = { ...forged(foreign), ...(isSignedIn && { authorization: `Bearer ${token}` }) };
      const { status, errors } = await ask(query, {}, headers);
      expect({ status, errors }).toEqual({ status: 200, errors: undefined });
    }, jwks);
    expect(received.length).toBeGreaterThanOrEqual(2);
    for (const headers of received) {
      const all = JSON.stringify(headers);
      for (const said of [mark, '203.0.113.66', foreign, token, '9999999999999']) {
        expect(all).not.toContain(said);
      }
      expect(Object.keys(headers).sort()).toEqual([
        'accept',
        'authorization',
        'connection',
        'content-length',
        'content-type',
        'host',
        'traceparent',
        'x-correlation-id',
        'x-deadline',
        'x-forwarded-for',
        'x-request-id',
      ]);
      const claims = decodeJwt(headers.authorization!.slice('Bearer '.length));
      expect(claims).toMatchObject(isSignedIn ? pessoa : { anonimo: true });
    }
  });

  test('an assertion is no token of a client', async () => {
    const { sign, jwks } = await accessTokens();
    const assertion = await sign({ aud: 'clientes' }, { typ: 'teia-assertion+jwt' });
    const received = await reaching(async ({ ask }) => {
      expect((await ask(query, {}, { authorization: `Bearer ${assertion}` })).status).toBe(401);
    }, jwks);
    expect(received).toEqual([]);
  });
});
