import fc from 'fast-check';
import { withoutRequest } from '../caller';
import type { SubgraphResponse } from '../subgraph-link';
import { addressesOfInstances, isName } from './addresses';
import { createEjection } from './ejection';
import { type FailureKind, isFault, mayRepeat, SubgraphFailure } from './failure';
import { isRead } from './is-read';
import { pickInstance } from './pick-instance';
import { createRetryBudget } from './retry-budget';
import { withinDeadline } from './within-deadline';

const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('which instance', () => {
  const candidate = fc.record({ inFlight: fc.nat({ max: 5 }), accepts: fc.boolean() });
  const candidates = fc.array(candidate, { minLength: 1, maxLength: 6 });

  test('is one that is neither set aside nor tried, as long as there is any, and never none', () => {
    fc.assert(
      fc.property(
        candidates,
        fc.array(fc.nat()),
        fc.array(random, { minLength: 2 }),
        (all, indices, draws) => {
          const tried = indices.map((index) => all[index % all.length]!);
          let drawn = 0;
          const picked = pickInstance(all, tried, () => draws[drawn++ % draws.length]!);
          const best = all.filter((one) => one.accepts && !tried.includes(one));
          const accepting = all.filter(({ accepts }) => accepts);
          const allowed = best.length > 0 ? best : accepting.length > 0 ? accepting : all;
          expect(all.length === 1 ? all : allowed).toContain(picked);
        },
      ),
    );
  });

  test('is the less busy of two different ones', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), random, random, (a, b, ...draws) => {
        const two = [a, b].map((inFlight) => ({ inFlight, accepts: true }));
        let drawn = 0;
        expect(pickInstance(two, [], () => draws[drawn++]!).inFlight).toBe(Math.min(a, b));
      }),
    );
  });

  test('is each of those that are equally busy', () => {
    const three = [1, 2, 3].map((id) => ({ id, inFlight: 0, accepts: true }));
    const picked = Array.from({ length: 200 }, () => pickInstance(three, [], Math.random).id);
    expect(new Set(picked)).toEqual(new Set([1, 2, 3]));
  });
});

describe('an instance that fails', () => {
  const opened = () => {
    const state = { now: 0, ejections: 0 };
    const ejection = createEjection({
      now: () => state.now,
      onEject: () => {
        state.ejections += 1;
      },
    });
    const fail = (times: number) => {
      for (let i = 0; i < times; i += 1) ejection.failed();
    };
    return { ...ejection, fail, state };
  };

  test('is set aside after three failures in a row, not after three among successes', () => {
    const { fail, worked, accepts, state } = opened();
    fail(2);
    worked();
    fail(2);
    expect(accepts(5)).toBe(true);
    fail(1);
    expect({ accepts: accepts(0), ...state }).toEqual({ accepts: false, ejections: 1, now: 0 });
  });

  test('is tried with one request at a time, each time after twice as long, up to 30 s', () => {
    const { fail, accepts, state } = opened();
    fail(3);
    const pauses = [];
    for (let i = 0; i < 8; i += 1) {
      const since = state.now;
      while (!accepts(0)) state.now += 500;
      expect(accepts(1)).toBe(false);
      pauses.push(state.now - since);
      fail(1);
    }
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  });

  test('is not set aside for longer by what it was asked before', () => {
    const { fail, accepts, state } = opened();
    fail(40);
    state.now = 1_000;
    expect({ accepts: accepts(0), ejections: state.ejections }).toEqual({ accepts: true, ejections: 1 });
  });

  test('is as good as any once it answers', () => {
    const { fail, worked, accepts, state } = opened();
    fail(3);
    worked();
    expect(accepts(7)).toBe(true);
    fail(3);
    state.now = 1_000;
    expect(accepts(0)).toBe(true);
  });
});

describe('the retry budget', () => {
  test('allows, of any number of requests, a tenth and ten more', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 500 }), (steps) => {
        const budget = createRetryBudget();
        let requests = 0;
        let spent = 0;
        for (const isRequest of steps) {
          if (isRequest) {
            budget.onRequest();
            requests += 1;
          } else if (budget.spend()) spent += 1;
        }
        expect(spent).toBeLessThanOrEqual(10 + requests / 10 + 1e-6);
      }),
    );
  });

  test('is there again after as many requests', () => {
    const budget = createRetryBudget();
    for (let i = 0; i < 10; i += 1) expect(budget.spend()).toBe(true);
    expect(budget.spend()).toBe(false);
    for (let i = 0; i < 11; i += 1) budget.onRequest();
    expect([budget.spend(), budget.spend()]).toEqual([true, false]);
  });
});

describe('a second attempt', () => {
  const kinds: readonly FailureKind[] = [
    'unreachable',
    'ending',
    'busy',
    'open',
    'broken',
    'timeout',
    'deadline',
    'error',
    'redirect',
    'refused',
    'invalid',
    'too_large',
  ];
  const failures = kinds.map((kind) => new SubgraphFailure(kind, 'x'));

  test('at a change is made only when the first certainly was not sent', () => {
    expect(failures.filter((failure) => mayRepeat(failure, false)).map(({ kind }) => kind)).toEqual([
      'unreachable',
      'ending',
      'busy',
    ]);
  });

  test('at a read is made when it may end better', () => {
    const repeated = failures.filter((failure) => mayRepeat(failure, true)).map(({ kind }) => kind);
    expect(repeated).toEqual(['unreachable', 'ending', 'busy', 'broken', 'error', 'invalid']);
    expect(mayRepeat(new Error('a key is missing'), true)).toBe(false);
  });

  test('what is our own doing, or the client’s, is no fault of the subgraph', () => {
    const blameless = failures.filter((failure) => !isFault(failure)).map(({ kind }) => kind);
    expect(blameless).toEqual(['busy', 'deadline', 'refused', 'too_large']);
    expect(isFault(new Error('a key is missing'))).toBe(false);
  });

  test.each([
    ['{ a }', true],
    ['query Q($a: Int) { a }', true],
    ['\n  query{a}', true],
    ['mutation { a }', false],
    ['subscription { a }', false],
    ['query A { a } mutation B { b }', false],
    ['fragment F on Q { a } mutation { ...F }', false],
    ['# query\nmutation { a }', false],
    ['queryes { a }', false],
    ['{ a(texto: "mutation") }', false],
    ['', false],
  ])('%j is a read: %s', (document, expected) => {
    expect(isRead(document)).toBe(expected);
  });
});

describe('the deadline of a request in one process', () => {
  const now = Date.parse('2026-11-22T12:00:00Z');
  const request = { query: '{ a }' };
  const asked = (link: () => Promise<SubgraphResponse>, prazo: number | null) =>
    withinDeadline(link, { agora: () => new Date(now) })(request, {
      caller: null,
      info: { ...withoutRequest('pedido'), prazo },
    });
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  test('ends the wait for what hangs, and nothing is begun after it', async () => {
    const link = jest.fn(() => new Promise<never>(() => {}));
    const ended = expect(asked(link, now + 500)).rejects.toMatchObject({ kind: 'deadline' });
    await jest.advanceTimersByTimeAsync(500);
    await ended;
    await expect(asked(link, now)).rejects.toMatchObject({ kind: 'deadline' });
    expect(link).toHaveBeenCalledTimes(1);
  });

  test('changes nothing for what is answered or fails in time, or for what has none', async () => {
    for (const prazo of [now + 500, null]) {
      expect(await asked(async () => ({ data: { a: 1 } }), prazo)).toEqual({ data: { a: 1 } });
      await expect(asked(() => Promise.reject(new Error('falha')), prazo)).rejects.toThrow('falha');
    }
    expect(jest.getTimerCount()).toBe(0);
  });
});

describe('the addresses of a name', () => {
  test.each([
    [
      ['10.0.0.2', '10.0.0.1'],
      ['10.0.0.1', '10.0.0.2'],
    ],
    [['10.0.0.1', '10.0.0.1'], []],
    [['127.0.0.1', '::1'], []],
    [['10.0.0.1'], []],
    [[], []],
    [
      ['fd00::1', 'fd00::2', '10.0.0.1', '10.0.0.2'],
      ['10.0.0.1', '10.0.0.2'],
    ],
    [
      ['fd00::1', 'fd00::2', '10.0.0.1'],
      ['fd00::1', 'fd00::2'],
    ],
  ])('%j are the instances %j', (found, instances) => {
    expect(addressesOfInstances(found)).toEqual(instances);
  });

  test('are looked up for names only', () => {
    const urls = ['http://vendas:4001', 'http://localhost', 'http://127.0.0.1:1', 'http://[::1]:1'];
    expect(urls.map((url) => isName(new URL(url)))).toEqual([true, true, false, false]);
  });
});
