import { log } from '../platform/log';
import { metrics } from '../platform/metrics';
import { inProcessSignals } from '../platform/signals/testing/in-process-signals';
import type { SubgraphLink } from '../platform/subgraph-link';
import { until } from '../platform/testing/until';
import { openRevocations } from './auth/open-revocations';
import { accessTokens, pessoa } from './testing/access-tokens';
import { testRouter } from './testing/test-router';

const query = '{ eu { usuarioId } }';

/** What the metrics of this process tell; undefined when it is not among them. */
const measuredAge = async (): Promise<number | undefined> => {
  const [, value] = /^teia_revocations_age_seconds (\S+)$/m.exec(await metrics.metrics()) ?? [];
  return value === undefined ? undefined : Number(value.replace('+Inf', 'Infinity'));
};

/** One usuarios that revokes, and two routers that it does not know of. */
const twoRouters = async ({ hasSignals = true, isDown = false } = {}) => {
  const tokens = await accessTokens();
  const signals = inProcessSignals();
  const state = { entries: [] as object[], isDown, now: Date.now(), reads: 0, anonymous: true };
  const usuarios: SubgraphLink = async (_, { caller }) => {
    state.reads += 1;
    state.anonymous &&= caller === null;
    if (state.isDown) throw new Error('connect ECONNREFUSED');
    return { data: { revogacoes: { lidasAte: new Date().toISOString(), entradas: state.entries } } };
  };
  const opened: (() => Promise<void>)[] = [];
  const environment = { agora: () => new Date(state.now), novoId: () => 'id', aleatorio: Buffer.alloc };
  const routers: Awaited<ReturnType<typeof testRouter>>[] = [];
  for (let i = 0; i < 2; i += 1) {
    const revocations = openRevocations({
      link: usuarios,
      signals: hasSignals ? signals : null,
      environment,
      onClose: (close) => opened.push(close),
    });
    routers.push(await testRouter({ jwks: tokens.jwks, revocations, production: true }));
  }
  const bearer = async (claims: object = {}) => ({
    authorization: `Bearer ${await tokens.sign({ iat: state.now / 1000, exp: state.now / 1000 + 900, ...claims })}`,
  });
  const statuses = async (headers: Record<string, string>) =>
    Promise.all(routers.map(async ({ ask }) => (await ask(query, {}, headers)).status));
  return {
    state,
    routers,
    bearer,
    statuses,
    revoke: async (entry: object, isSignalled = true) => {
      state.entries.push({
        sessaoId: null,
        usuarioId: null,
        organizacaoId: null,
        desde: new Date(state.now + 1).toISOString(),
        ...entry,
      });
      if (isSignalled) await signals.signal('revogacoes');
    },
    stop: async () => {
      for (const { close } of routers) await close();
      for (const close of opened) await close();
    },
  };
};

const withRouters =
  (use: (two: Awaited<ReturnType<typeof twoRouters>>) => Promise<void>, options?: { hasSignals: boolean }) =>
  async () => {
    const two = await twoRouters(options);
    await use(two).finally(two.stop);
  };

beforeAll(() => {
  jest.spyOn(log, 'warn').mockImplementation(() => {});
});
afterAll(() => jest.restoreAllMocks());

describe('what usuarios revokes', () => {
  test.each([true, false])('is refused by every router, signals or none (%s)', (hasSignals) =>
    withRouters(
      async ({ statuses, bearer, revoke, routers, state }) => {
        const before = await bearer();
        const elsewhere = await bearer({ sid: pessoa.org });
        expect(await statuses(before)).toEqual([200, 200]);
        await revoke({ sessaoId: pessoa.sid });
        const revokedAt = Date.now();
        await until(async () => (await statuses(before)).every((status) => status === 401));
        // As promised to people; with a read every 2 s it is less.
        expect(Date.now() - revokedAt).toBeLessThan(5_000);
        const { headers, text } = await routers[0]!.ask(query, {}, before);
        expect(headers['www-authenticate']).toBe('Bearer error="invalid_token"');
        expect(JSON.parse(text).errors[0].extensions).toEqual({
          code: 'UNAUTHENTICATED',
          motivo: 'TOKEN_INVALIDO',
        });
        expect(await statuses(elsewhere)).toEqual([200, 200]);
        state.now += 1;
        expect(await statuses(await bearer())).toEqual([200, 200]);
        expect(await statuses({})).toEqual([200, 200]);
        expect(state.anonymous).toBe(true);
      },
      { hasSignals },
    )(),
  );

  test(
    'of a person ends every session of theirs, in every organization, and nobody else’s',
    withRouters(async ({ statuses, bearer, revoke }) => {
      const tokens = [await bearer(), await bearer({ sid: pessoa.org, org: pessoa.sid })];
      const neighbour = await bearer({ sub: pessoa.org, sid: pessoa.sub });
      await revoke({ usuarioId: pessoa.sub });
      for (const token of tokens) {
        await until(async () => (await statuses(token)).every((status) => status === 401));
      }
      expect(await statuses(neighbour)).toEqual([200, 200]);
    }),
  );

  test(
    'of a person in one organization leaves alone what they do in another',
    withRouters(async ({ statuses, bearer, revoke }) => {
      const here = await bearer();
      const there = await bearer({ sid: pessoa.org, org: pessoa.sid });
      await revoke({ usuarioId: pessoa.sub, organizacaoId: pessoa.org });
      await until(async () => (await statuses(here)).every((status) => status === 401));
      expect(await statuses(there)).toEqual([200, 200]);
    }),
  );
});

describe('without usuarios', () => {
  test(
    'people are let in for 30 s, then with 503, and in again by themselves; others always',
    withRouters(async ({ statuses, bearer, state, routers }) => {
      const token = await bearer();
      expect(await statuses(token)).toEqual([200, 200]);
      state.isDown = true;
      const reads = state.reads;
      await until(() => state.reads >= reads + 2);
      state.now += 29_000;
      expect(await statuses(token)).toEqual([200, 200]);
      state.now += 2_000;
      // Each tries once more for itself, or has failed already.
      expect(await statuses(token)).toEqual([503, 503]);
      const { headers, text } = await routers[0]!.ask(query, {}, token);
      expect(headers['www-authenticate']).toBeUndefined();
      expect(JSON.parse(text).errors[0].extensions.code).toBe('SUBGRAPH_UNAVAILABLE');
      expect(text).not.toContain('ECONNREFUSED');
      expect(await statuses({})).toEqual([200, 200]);
      expect(await statuses({ authorization: 'Bearer a.b.c' })).toEqual([401, 401]);
      state.isDown = false;
      await until(async () => (await statuses(token)).every((status) => status === 200));
    }),
  );

  test(
    'an operator sees it coming',
    withRouters(async ({ statuses, bearer, state }) => {
      const token = await bearer();
      expect(await statuses(token)).toEqual([200, 200]);
      expect(await measuredAge()).toBeLessThan(2);
      state.isDown = true;
      const reads = state.reads;
      await until(() => state.reads >= reads + 2);
      state.now += 25_000;
      expect(await statuses(token)).toEqual([200, 200]);
      expect(await measuredAge()).toBeGreaterThanOrEqual(25);
    }),
  );

  test('what nobody keeps has no age', async () => {
    expect(await measuredAge()).toBeUndefined();
  });

  test('a router starts, and lets in who is nobody', async () => {
    const two = await twoRouters({ isDown: true });
    expect(await two.statuses(await two.bearer())).toEqual([503, 503]);
    expect(await measuredAge()).toBe(Number.POSITIVE_INFINITY);
    expect(await two.statuses({})).toEqual([200, 200]);
    two.state.isDown = false;
    const token = await two.bearer();
    await until(async () => (await two.statuses(token)).every((status) => status === 200));
    await two.stop();
  });
});
