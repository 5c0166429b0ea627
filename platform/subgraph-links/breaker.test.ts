import { type BreakerState, createBreaker } from './breaker';
import { type FailureKind, SubgraphFailure } from './failure';

const works = async () => 'resposta';
const failing = (kind: FailureKind) => async () => {
  throw new SubgraphFailure(kind, 'x');
};

const opened = () => {
  const states: BreakerState[] = [];
  const state = { trials: 0, trial: works as () => Promise<unknown> };
  const breaker = createBreaker({
    trial: () => {
      state.trials += 1;
      return state.trial();
    },
    onState: (state) => states.push(state),
  });
  const ask = async (times: number, work: () => Promise<unknown>) => {
    const kinds: string[] = [];
    for (let i = 0; i < times; i += 1) {
      await breaker.run(work).then(
        () => kinds.push('ok'),
        (error: SubgraphFailure) => kinds.push(error.kind),
      );
    }
    return kinds;
  };
  return { ...breaker, ask, state, states };
};
type Opened = ReturnType<typeof opened>;

const withBreaker = (use: (breaker: Opened) => Promise<void>) => async () => {
  const breaker = opened();
  await use(breaker).finally(breaker.close);
};

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

test(
  'opens when half of ten requests fail, and not before',
  withBreaker(async ({ ask, states, state }) => {
    await ask(5, works);
    await ask(4, failing('broken'));
    expect(states).toEqual([]);
    expect(await ask(2, failing('broken'))).toEqual(['broken', 'open']);
    expect({ states, trials: state.trials }).toEqual({ states: ['open'], trials: 0 });
  }),
);

test(
  'stays closed while fewer than half fail, and for what is no fault',
  withBreaker(async ({ ask, states }) => {
    for (let i = 0; i < 20; i += 1) {
      await ask(3, works);
      await ask(2, failing('error'));
    }
    await ask(50, failing('refused'));
    await ask(50, failing('busy'));
    await ask(50, failing('deadline'));
    await ask(50, failing('too_large'));
    await ask(50, async () => {
      throw new Error('a key is missing');
    });
    expect(states).toEqual([]);
  }),
);

test.each<FailureKind>(['unreachable', 'broken', 'timeout', 'error', 'redirect', 'invalid'])(
  'opens when ten requests in a row end as %s',
  async (kind) =>
    withBreaker(async ({ ask, states }) => {
      await ask(10, failing(kind));
      expect(states).toEqual(['open']);
    })(),
);

test(
  'counts what happened within 10 s, however little that is',
  withBreaker(async ({ ask, states }) => {
    for (let i = 0; i < 100; i += 1) {
      await ask(1, failing('broken'));
      await jest.advanceTimersByTimeAsync(2_000);
    }
    await ask(5, failing('broken'));
    expect(states).toEqual([]);
    await ask(1, failing('broken'));
    expect(states).toEqual(['open']);
  }),
);

test(
  'forgets what was well 10 s ago, too',
  withBreaker(async ({ ask, states }) => {
    await ask(1_000, works);
    await jest.advanceTimersByTimeAsync(10_000);
    await ask(10, failing('broken'));
    expect(states).toEqual(['open']);
  }),
);

test(
  'goes by nothing that was begun before it last opened or closed',
  withBreaker(async ({ run, ask, states, state }) => {
    const fails: (() => void)[] = [];
    const begun = Array.from({ length: 40 }, () =>
      run(
        () =>
          new Promise<string>((_, reject) => {
            fails.push(() => reject(new SubgraphFailure('broken', 'x')));
          }),
      ).catch(({ kind }) => kind),
    );
    let answer = (_: string) => {};
    state.trial = () =>
      new Promise<string>((resolve) => {
        answer = resolve;
      });
    await ask(10, failing('broken'));
    await jest.advanceTimersByTimeAsync(1_000);
    for (const fail of fails.splice(0, 20)) fail();
    await jest.advanceTimersByTimeAsync(0);
    expect(states).toEqual(['open', 'half-open']);
    answer('resposta');
    await jest.advanceTimersByTimeAsync(0);
    for (const fail of fails) fail();
    expect(await Promise.all(begun)).toEqual(Array(40).fill('broken'));
    expect(states).toEqual(['open', 'half-open', 'closed']);
  }),
);

test.each<FailureKind>(['busy', 'refused', 'deadline'])(
  'does not close on a trial that ends as %s',
  async (kind) =>
    withBreaker(async ({ ask, states, state }) => {
      state.trial = failing(kind);
      await ask(10, failing('broken'));
      await jest.advanceTimersByTimeAsync(3_500);
      expect(states).not.toContain('closed');
      expect(state.trials).toBe(3);
    })(),
);

test(
  'refuses all while it is open, and lets all pass within 2 s of recovery, whether anybody asks or not',
  withBreaker(async ({ ask, states, state }) => {
    state.trial = failing('unreachable');
    await ask(10, failing('unreachable'));
    const work = jest.fn(works);
    for (let i = 0; i < 60; i += 1) {
      await jest.advanceTimersByTimeAsync(1_000);
      expect(await ask(1, work)).toEqual(['open']);
    }
    expect(work).not.toHaveBeenCalled();
    expect(state.trials).toBeGreaterThan(50);
    state.trial = works;
    await jest.advanceTimersByTimeAsync(2_000);
    expect(states.at(-1)).toBe('closed');
    expect(await ask(8, failing('error'))).toEqual(Array(8).fill('error'));
    expect(await ask(1, works)).toEqual(['ok']);
  }),
);

test(
  'refuses while its trial is under way',
  withBreaker(async ({ ask, states, state }) => {
    let answer = (_: string) => {};
    state.trial = () =>
      new Promise<string>((resolve) => {
        answer = resolve;
      });
    await ask(10, failing('timeout'));
    await jest.advanceTimersByTimeAsync(1_000);
    expect(states).toEqual(['open', 'half-open']);
    expect(await ask(3, works)).toEqual(['open', 'open', 'open']);
    answer('resposta');
    await jest.advanceTimersByTimeAsync(0);
    expect(states).toEqual(['open', 'half-open', 'closed']);
    expect(state.trials).toBe(1);
  }),
);

test(
  'goes on trying when the clock is set back',
  withBreaker(async ({ ask, states }) => {
    await ask(10, failing('timeout'));
    jest.setSystemTime(Date.now() - 3_600_000);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(states.at(-1)).toBe('closed');
  }),
);

test('tries nothing any more once it is closed for good', async () => {
  const { ask, state, close } = opened();
  await ask(10, failing('timeout'));
  close();
  await jest.advanceTimersByTimeAsync(60_000);
  expect({ trials: state.trials, timers: jest.getTimerCount() }).toEqual({ trials: 0, timers: 0 });
});
