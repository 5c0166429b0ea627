import { setTimeout as sleep } from 'node:timers/promises';
import { log } from '../../platform/log';
import { aCaller } from '../../platform/testing/callers';
import { until } from '../../platform/testing/until';
import { InvalidTokenError } from '../../platform/verified-jwt';
import type { Revogacao } from './read-revocations';
import { keepRevocations } from './revocations';

const t0 = Date.parse('2026-11-22T12:00:00Z');
const caller = aCaller();
const { sessaoId, usuarioId } = caller;
const unavailable = { extensions: { code: 'SUBGRAPH_UNAVAILABLE' } };

beforeAll(() => {
  jest.spyOn(log, 'warn').mockImplementation(() => {});
});
afterAll(() => jest.restoreAllMocks());

/** What usuarios keeps, a clock, and somebody who keeps up with it. */
const keeping = () => {
  const state = {
    now: t0,
    entries: [] as (Revogacao & { registeredAt: number })[],
    isDown: false,
    reads: [] as (number | null)[],
    /** What a read waits for. */
    held: Promise.resolve(),
  };
  const kept = keepRevocations({
    environment: { agora: () => new Date(state.now) },
    read: async (since) => {
      state.reads.push(since?.getTime() ?? null);
      const entradas = state.entries.filter(({ registeredAt }) => !since || registeredAt >= since.getTime());
      const { isDown } = state;
      await state.held;
      if (isDown) throw new Error('down');
      // The database's clock goes on whatever becomes of ours.
      return { lidasAte: new Date(), entradas };
    },
  });
  const taken = (issuedAt = t0, who = caller) =>
    kept.check(who, issuedAt).then(
      () => true,
      (error) => {
        if (error instanceof InvalidTokenError) return false;
        throw error;
      },
    );
  const revoke = (entry: Partial<Revogacao>, desde = t0 + 1) =>
    state.entries.push({
      sessaoId: null,
      usuarioId: null,
      organizacaoId: null,
      desde: new Date(desde),
      registeredAt: Date.now(),
      ...entry,
    });
  /** Until a read that began after this is over. */
  const readAnew = async () => {
    const before = state.reads.length;
    kept.readSoon();
    await until(() => state.reads.length > before);
    await state.held;
  };
  return { ...kept, state, taken, revoke, readAnew };
};
const withKept = (use: (kept: ReturnType<typeof keeping>) => Promise<void>) => async () => {
  const kept = keeping();
  await use(kept).finally(kept.stop);
};

test(
  'a session or a person is refused from the next read on, by the age of the token alone',
  withKept(async ({ taken, revoke, readAnew }) => {
    expect(await taken()).toBe(true);
    revoke({ sessaoId });
    await readAnew();
    expect(await taken(t0)).toBe(false);
    expect(await taken(t0 + 1)).toBe(true);
    const elsewhere = aCaller({ usuarioId });
    expect(await taken(t0, elsewhere)).toBe(true);
    revoke({ usuarioId }, t0 + 5);
    await readAnew();
    expect(await taken(t0 + 4, elsewhere)).toBe(false);
    expect(await taken(t0 + 4)).toBe(false);
    expect(await taken(t0 + 5, elsewhere)).toBe(true);
    expect(await taken(0, aCaller())).toBe(true);
  }),
);

test(
  'what nobody signalled is read all the same',
  withKept(async ({ taken, revoke }) => {
    expect(await taken()).toBe(true);
    revoke({ sessaoId });
    await until(async () => !(await taken()));
  }),
);

test('who asks before the first read is over waits for it', async () => {
  const kept = keeping();
  kept.revoke({ sessaoId });
  // The first read began before that; the one that is asked for sees it.
  kept.readSoon();
  await until(async () => !(await kept.taken()));
  kept.stop();
});

test(
  'a signal that comes during a read leads to another',
  withKept(async ({ state, taken, revoke, readSoon }) => {
    expect(await taken()).toBe(true);
    let release = () => {};
    state.held = new Promise((resolve) => {
      release = resolve;
    });
    readSoon();
    await until(() => state.reads.length === 2);
    revoke({ sessaoId });
    readSoon();
    release();
    await until(() => state.reads.length === 3);
    await until(async () => !(await taken()));
  }),
);

test(
  'a storm of signals costs a few reads a second',
  withKept(async ({ state, readSoon }) => {
    const begin = Date.now();
    for (let i = 0; i < 60; i += 1) {
      for (let j = 0; j < 100; j += 1) readSoon();
      await sleep(10);
    }
    expect(state.reads.length).toBeLessThanOrEqual((Date.now() - begin) / 200 + 2);
  }),
);

test(
  'after 30 s without a good read nobody is somebody, until there is one again',
  withKept(async ({ state, taken, revoke, readAnew }) => {
    expect(await taken()).toBe(true);
    state.isDown = true;
    await readAnew();
    state.now = t0 + 30_000;
    expect(await taken()).toBe(true);
    state.now = t0 + 30_001;
    await expect(taken()).rejects.toMatchObject(unavailable);
    await expect(taken(t0 + 60_000, aCaller())).rejects.toMatchObject(unavailable);
    revoke({ sessaoId });
    await readAnew();
    await expect(taken()).rejects.toMatchObject(unavailable);
    state.isDown = false;
    await readAnew();
    await until(async () => (await taken(t0 + 1).catch(() => false)) === true);
    expect(await taken(t0)).toBe(false);
  }),
);

test(
  'a clock that leaps, forth or back, makes one wait for the next read and no longer',
  withKept(async ({ state, taken, revoke }) => {
    expect(await taken()).toBe(true);
    revoke({ sessaoId });
    for (const leap of [8 * 60_000, -60 * 60_000]) {
      state.now += leap;
      expect(await taken()).toBe(false);
      expect(await taken(t0 + 1)).toBe(true);
    }
  }),
);

test(
  'what a clock that was ahead has forgotten is read again, and all of it after half a minute without',
  withKept(async ({ state, taken, revoke, readAnew }) => {
    expect(await taken()).toBe(true);
    revoke({ sessaoId });
    // Out of what an ordinary read still asks for.
    state.entries[0]!.registeredAt -= 5 * 60_000;
    for (const leap of [20 * 60_000, -20 * 60_000]) {
      state.now += leap;
      await taken();
    }
    expect(await taken()).toBe(false);
    const reads = state.reads.length;
    state.now += 29_000;
    await readAnew();
    state.now += 31_000;
    await readAnew();
    const [soon, late] = state.reads.slice(reads);
    expect({ soon, late }).toEqual({ soon: expect.any(Number), late: null });
  }),
);

test(
  'tells how old its last good reading is',
  withKept(async ({ state, taken, ageMs }) => {
    expect(ageMs()).toBe(Number.POSITIVE_INFINITY);
    await taken();
    expect(ageMs()).toBe(0);
    state.isDown = true;
    state.now += 12_000;
    expect(ageMs()).toBe(12_000);
  }),
);

test('a read that hangs from the start refuses in bounded time, and holds no end up', async () => {
  const kept = keepRevocations({
    environment: { agora: () => new Date() },
    read: () => new Promise(() => {}),
  });
  await expect(kept.check(caller, Date.now())).rejects.toMatchObject(unavailable);
  kept.stop();
});

test('a usuarios that is down from the start refuses at once', async () => {
  const kept = keepRevocations({
    environment: { agora: () => new Date() },
    read: () => Promise.reject(new Error('down')),
  });
  for (let i = 0; i < 3; i += 1) {
    await expect(kept.check(caller, Date.now())).rejects.toMatchObject(unavailable);
  }
  kept.stop();
});
