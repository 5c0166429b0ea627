import { setTimeout as sleep } from 'node:timers/promises';
import { realEnvironment } from '../../../platform/environment';
import type { QueueStore } from '../../../platform/events/queue-engine';
import { until } from '../../../platform/testing/until';
import { testRouter } from '../../testing/test-router';
import { openRateLimits } from '../open-rate-limits';
import type { Policy, SlidingWindow } from '../sliding-window';
import { limitedGraph, limitedSupergraph } from './limited-graph';

/** A store that a test breaks and mends. */
export type FragileStore = {
  readonly store: QueueStore;
  readonly breakDown: () => Promise<unknown>;
  readonly mend: () => Promise<unknown>;
  /** Has nobody answered until what it resolves to is called. */
  readonly hold: () => Promise<() => Promise<unknown>>;
};

/** In the middle of a window, which must not end within a test. */
const at = (Math.floor(Date.now() / 3_600_000) + 0.5) * 3_600_000;
const environment = { ...realEnvironment, agora: () => new Date(at) };
/** A busy machine is not to look like a store that is slow. */
const patient = 20_000;

const general = { max: 100, windowMs: 3_600_000 };
const asking = (ip: string) => ({
  caller: null,
  info: { ip } as Parameters<ReturnType<typeof openRateLimits>['limitRequest']>[0]['info'],
});

/** What holds of routers that count together, whatever they count in. */
export const describeCountingTogether = (name: string, of: () => FragileStore): void => {
  describe(`routers that count together in ${name}`, () => {
    const opened: (() => Promise<void>)[] = [];
    const open = (patienceMs?: number) =>
      openRateLimits({
        limit: general,
        store: of().store,
        patienceMs,
        environment,
        onClose: (close) => opened.push(close),
      });
    let [one, other] = [] as unknown as [ReturnType<typeof open>, ReturnType<typeof open>];
    let policies = 0;
    const policy = (max: number): Policy => ({ name: `teste-${++policies}`, max, windowMs: 3_600_000 });
    beforeAll(() => {
      [one, other] = [open(patient), open(patient)];
    });
    afterEach(() => jest.restoreAllMocks());
    afterAll(async () => {
      for (const close of opened) await close();
    });

    /** How many of so many uses at once were accepted. */
    const accepted = async (many: number, policy: Policy, takes: readonly SlidingWindow[]) => {
      const all = await Promise.all(
        Array.from({ length: many }, (_, i) => takes[i % takes.length]!(policy, 'ana', 1)),
      );
      return all.filter(({ standing }) => !standing.isRefused).length;
    };
    const afterTheRest = () => {
      const { now } = performance;
      jest.spyOn(performance, 'now').mockImplementation(() => now.call(performance) + 60_000);
    };

    it('let no more through than one would, mutations and queries', async () => {
      expect(await accepted(30, policy(10), [one.takeForMutations, other.takeForMutations])).toBe(10);
      expect(await accepted(30, policy(10), [one.takeForQueries, other.takeForQueries])).toBe(10);
    });

    it('forget what was given back', async () => {
      const of = policy(3);
      const { giveBack } = await one.takeForMutations(of, 'ana', 3);
      await giveBack();
      expect(await accepted(4, of, [other.takeForMutations])).toBe(3);
    });

    it('hear of requests in general when there were some, and wait for nobody', async () => {
      const refused = (limits: typeof one) =>
        limits
          .limitRequest(asking('192.0.2.1'), () => 'outra')
          .then(
            () => false,
            () => true,
          );
      for (let i = 0; i < 100; i++) {
        expect(await refused(one)).toBe(false);
        await sleep(1);
      }
      expect(await refused(one)).toBe(true);
      let others = 0;
      await until(async () => {
        if (await refused(other)) return true;
        others += 1;
        return false;
      });
      expect(others).toBeLessThan(80);
    });

    it('refuse mutations and count the rest by themselves while nobody counts, and go on afterwards', async () => {
      const [mutations, queries] = [policy(3), policy(50)];
      expect(await accepted(2, mutations, [one.takeForMutations])).toBe(2);
      expect(await accepted(20, queries, [one.takeForQueries])).toBe(20);
      await of().breakDown();
      for (let i = 0; i < 2; i++) {
        await expect(one.takeForMutations(mutations, 'ana', 1)).rejects.toMatchObject({
          extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
        });
      }
      expect(await accepted(60, queries, [one.takeForQueries])).toBe(50);
      for (let i = 0; i < 30; i++) await one.limitRequest(asking('192.0.2.2'), () => 'outra');
      await of().mend();
      await until(() =>
        one.takeForMutations(mutations, 'bia', 1).then(
          () => true,
          () => false,
        ),
      );
      expect(await accepted(3, mutations, [other.takeForMutations])).toBe(1);
      afterTheRest();
      // Where it counted by itself there is no room left.
      await until(async () => (await accepted(1, queries, [one.takeForQueries])) === 1);
      expect(await accepted(40, queries, [one.takeForQueries, other.takeForQueries])).toBe(29);
    });

    it('have reads wait a moment for a store that does not answer, and then not at all', async () => {
      const limited = policy(3);
      const limits = open();
      const release = await of().hold();
      expect(await accepted(5, limited, [limits.takeForQueries])).toBe(3);
      for (let i = 0; i < 20; i++) {
        expect((await limits.takeForQueries(limited, 'ana', 1)).standing.isRefused).toBe(true);
        await limits.limitRequest(asking('192.0.2.3'), () => 'outra');
      }
      await expect(limits.takeForMutations(limited, 'ana', 1)).rejects.toMatchObject({
        extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
      });
      await release();
    });

    it('answer logins with 503 and reads as ever while nobody counts', async () => {
      const routers = await Promise.all(
        [open(patient), open(patient)].map((rateLimits) =>
          testRouter({
            supergraph: limitedSupergraph(),
            links: limitedGraph().links,
            environment,
            rateLimits,
          }),
        ),
      );
      opened.push(...routers.map(({ close }) => close));
      const login = async (which: number) => (await routers[which]!.ask('mutation { entrar }')).status;
      await until(async () => (await login(0)) === 200);
      expect([await login(1), await login(0), await login(1)]).toEqual([200, 200, 429]);
      await of().breakDown();
      const { status, errors, headers } = await routers[0]!.ask('mutation { criar entrar }');
      expect(status).toBe(503);
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
      expect(headers.ratelimit).toMatch(/^"geral";r=\d+;t=\d+$/);
      const read = await routers[0]!.ask('{ busca { nome } }');
      expect(read.status).toBe(200);
      expect(read.headers.ratelimit).toMatch('"busca-ip";r=9;');
      await of().mend();
    });
  });
};
