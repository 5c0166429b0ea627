import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { type testRouter, withRouter } from '../testing/test-router';

const usuarioId = '0193a4de-0000-7000-8000-000000000001';
const query = '{ eu { usuarioId permissoes info } }';
type Router = Awaited<ReturnType<typeof testRouter>>;

const signedIn = async () => {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA');
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k' }] };
  const token = await new SignJWT({
    org: usuarioId,
    sid: usuarioId,
    permissoes: { 'clientes:ler': 'EQUIPE' },
  })
    .setProtectedHeader({ alg: 'EdDSA', kid: 'k', typ: 'at+jwt' })
    .setIssuer('teia')
    .setAudience('teia')
    .setSubject(usuarioId)
    .setIssuedAt()
    .setExpirationTime('15m')
    .sign(privateKey);
  return { token, jwks: async () => jwks };
};

const told = async ({ ask }: Router, headers: Record<string, string> | string[] = []) => {
  const { data, ...answer } = await ask(query, {}, headers);
  const eu = data?.eu as { usuarioId: string | null; permissoes: string | null; info: string } | undefined;
  return { ...answer, ...eu, info: eu ? JSON.parse(eu.info) : undefined };
};

describe('the Caller', () => {
  test('comes from the Authorization header, however Bearer is written', async () => {
    const { token, jwks } = await signedIn();
    await withRouter(
      async (router) => {
        for (const authorization of [`Bearer ${token}`, `bearer ${token}`, `BEARER   ${token}`]) {
          expect(await told(router, { authorization })).toMatchObject({
            usuarioId,
            permissoes: '{"clientes:ler":"EQUIPE"}',
          });
        }
      },
      { jwks },
    )();
  });

  test('is anonymous without a token, wherever else one may be', async () => {
    const { token, jwks } = await signedIn();
    await withRouter(
      async (router) => {
        expect(await told(router)).toMatchObject({ status: 200, usuarioId: null });
        expect(
          await told(router, {
            cookie: `access_token=${token}; Authorization=Bearer ${token}`,
            'x-authorization': `Bearer ${token}`,
            'x-usuario-id': usuarioId,
            'x-caller': JSON.stringify({ usuarioId }),
            'proxy-authorization': `Bearer ${token}`,
          }),
        ).toMatchObject({ status: 200, usuarioId: null });
        const search = new URLSearchParams({
          query,
          access_token: token,
          token,
          authorization: `Bearer ${token}`,
        });
        const { text } = await router.get(`/graphql?${search}`, { 'apollo-require-preflight': '1' });
        expect(JSON.parse(text)).toMatchObject({ data: { eu: { usuarioId: null } } });
        const body = await router.post({ query, access_token: token, extensions: { token } });
        expect(body.data).toMatchObject({ eu: { usuarioId: null } });
      },
      { jwks },
    )();
  });

  test('with anything but one good token the answer is 401 and nothing is executed', async () => {
    const { token, jwks } = await signedIn();
    const bad: string[][] = [
      ['authorization', `Bearer ${token}x`],
      ['authorization', token],
      ['authorization', `Basic ${Buffer.from('a:b').toString('base64')}`],
      ['authorization', 'Bearer'],
      ['authorization', 'Bearer null'],
      ['authorization', ''],
      ['authorization', `Bearer ${token} ${token}`],
      ['authorization', `Bearer ${token}, Bearer ${token}`],
      ['authorization', `Bearer ${token}`, 'authorization', `Bearer ${token}`],
      ['authorization', `Bearer ${token}`, 'Authorization', 'Bearer x'],
    ];
    await withRouter(
      async (router) => {
        for (const headers of bad) {
          const { status, text, headers: answered } = await router.ask(query, {}, headers);
          expect(status).toBe(401);
          expect(answered['www-authenticate']).toBe('Bearer error="invalid_token"');
          expect(JSON.parse(text)).toEqual({
            errors: [
              {
                message: 'Sua sessão não é válida ou expirou. Entre de novo.',
                extensions: { code: 'UNAUTHENTICATED', motivo: 'TOKEN_INVALIDO' },
              },
            ],
          });
        }
        expect(router.logged.join()).not.toContain(token);
      },
      { jwks },
    )();
  });

  test('a key set that cannot be read is masked and never answered as anonymous', () =>
    withRouter(
      async ({ ask }) => {
        const { status, data, errors } = await ask(query, {}, { authorization: 'Bearer a.b.c' });
        expect({ status, data }).toEqual({ status: 500, data: undefined });
        expect(errors?.[0]?.extensions.code).toBe('INTERNAL_SERVER_ERROR');
      },
      {
        jwks: async () => {
          throw new Error('postgres://teia:senha@banco');
        },
      },
    )());
});

describe('the request id', () => {
  test('is the client’s when it is a short plain token, and comes back on every answer', () =>
    withRouter(async (router) => {
      const given = await told(router, { 'x-request-id': 'pedido-0001.a_B' });
      expect(given.headers['x-request-id']).toBe('pedido-0001.a_B');
      expect(given.info).toMatchObject({ requestId: 'pedido-0001.a_B', correlationId: 'pedido-0001.a_B' });
      expect((await router.get('/nada')).headers['x-request-id']).toMatch(/^[\da-f-]{36}$/);
    })());

  test.each([
    'curto',
    'a'.repeat(65),
    'com espaço aqui',
    '<script>alert(1)</script>',
    '{"level":60}aaaa',
    '',
  ])('is a new one for %p', (requestId) =>
    withRouter(async (router) => {
      const { headers, info } = await told(router, { 'x-request-id': requestId });
      expect(headers['x-request-id']).toMatch(/^[\da-f]{8}-[\da-f]{4}-7/);
      expect(info.requestId).toBe(headers['x-request-id']);
    })(),
  );

  test('is a new one when there are two', () =>
    withRouter(async (router) => {
      const { headers } = await told(router, ['x-request-id', 'pedido-0001', 'x-request-id', 'pedido-0002']);
      expect(headers['x-request-id']).toMatch(/^[\da-f]{8}-[\da-f]{4}-7/);
    })());
});

describe('RequestInfo', () => {
  test('carries on the trace of a well-formed traceparent, unrecorded, and begins one in place of any other', () =>
    withRouter(async (router) => {
      const good = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
      expect((await told(router, { traceparent: good })).info.traceparent).toBe(good.replace(/01$/, '00'));
      for (const bad of [
        'x',
        good.toUpperCase(),
        `${good}-extra`,
        good.replace('00-', 'ff-'),
        '00-00000000000000000000000000000000-b7ad6b7169203331-01',
        '00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01',
      ]) {
        const { traceparent } = (await told(router, { traceparent: bad })).info;
        expect(traceparent).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-00$/);
        expect(traceparent).not.toBe(bad);
      }
    })());

  test('bounds the user agent', () =>
    withRouter(async (router) => {
      const { info } = await told(router, { 'user-agent': 'a'.repeat(5_000) });
      expect(info.userAgent).toHaveLength(256);
    })());

  test('says until when the client waits', () =>
    withRouter(async (router) => {
      const before = Date.now();
      const { info } = await told(router);
      expect(info.prazo - before).toBeGreaterThanOrEqual(30_000);
      expect(info.prazo - Date.now()).toBeLessThanOrEqual(30_000);
    })());

  test('carries an idempotency key of 1 to 255 visible characters', () =>
    withRouter(async (router) => {
      for (const key of ['a', 'a'.repeat(255), '"8e03978e-40d5"']) {
        expect((await told(router, { 'idempotency-key': key })).info.chaveIdempotencia).toBe(key);
      }
      for (const key of ['', 'a'.repeat(256), 'com espaço', 'duas chaves']) {
        const { status, errors } = await router.ask(query, {}, { 'idempotency-key': key });
        expect(status).toBe(400);
        expect(errors?.[0]?.extensions).toMatchObject({
          code: 'BAD_USER_INPUT',
          campos: [{ campo: 'Idempotency-Key', mensagem: expect.any(String) }],
        });
      }
      const two = await router.ask(query, {}, ['idempotency-key', 'a', 'idempotency-key', 'b']);
      expect(two.status).toBe(400);
    })());
});
