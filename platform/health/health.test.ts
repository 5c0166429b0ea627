import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { createHealth, httpStatusOf } from './health';
import { instancesCheck } from './instances-check';

const fails = () => Promise.reject(new Error('52998224725'));
const works = async () => undefined;

const noon = { agora: () => new Date('2026-11-22T12:00:00Z') };

describe('the health of a process', () => {
  it('tells what it needs, what it is and what it uses', async () => {
    const health = createHealth(noon);
    health.observe({ name: 'database', costs: 'everything', run: works });
    health.observe({ name: 'queues', costs: 'time', run: fails });
    const report = await health.report();
    expect(report).toEqual({
      status: 'degraded',
      timestamp: '2026-11-22T12:00:00.000Z',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      uptime: expect.any(Number),
      memory: {
        rss: expect.any(Number),
        heapTotal: expect.any(Number),
        heapUsed: expect.any(Number),
        external: expect.any(Number),
      },
      cpu: { user: expect.any(Number), system: expect.any(Number) },
      checks: {
        database: { status: 'healthy', latencyMs: expect.any(Number) },
        queues: { status: 'unhealthy', latencyMs: expect.any(Number) },
      },
    });
    expect(JSON.stringify(report)).not.toContain('52998224725');
  });

  const costs = fc.constantFrom('everything' as const, 'a branch' as const, 'time' as const);
  const outcome = fc.constantFrom('healthy' as const, 'degraded' as const, 'unhealthy' as const);

  it('is unhealthy exactly when nothing of its work can be done', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.record({ costs, outcome })), async (given) => {
        const health = createHealth(noon);
        for (const [i, { costs, outcome }] of given.entries()) {
          const run = outcome === 'unhealthy' ? fails : async () => outcome;
          health.observe({ name: String(i), costs, run });
        }
        const branches = given.filter(({ costs }) => costs === 'a branch');
        const isDown = ({ outcome }: { outcome: string }) => outcome === 'unhealthy';
        const nothingWorks =
          given.length === 0 ||
          given.some((one) => one.costs === 'everything' && isDown(one)) ||
          (branches.length > 0 && branches.every(isDown));
        const allWork = given.every(({ outcome }) => outcome === 'healthy');
        const { status } = await health.report();
        expect(status).toBe(nothingWorks ? 'unhealthy' : allWork ? 'healthy' : 'degraded');
        expect(httpStatusOf(status)).toBe(nothingWorks ? 503 : 200);
      }),
    ));

  it('is found out once in a second, however many ask, and whatever the calendar says', async () => {
    let ms = 0;
    let runs = 0;
    const health = createHealth(noon, () => ms);
    health.observe({
      name: 'database',
      costs: 'everything',
      run: async () => {
        runs += 1;
      },
    });
    const ask = () => Promise.all(Array.from({ length: 1_000 }, health.report));
    expect(new Set(await ask()).size).toBe(1);
    ms = 999;
    await ask();
    expect(runs).toBe(1);
    ms = 1_000;
    await ask();
    expect(runs).toBe(2);
  });

  it('does not wait for what never answers, nor asks it twice at once', async () => {
    jest.useFakeTimers({ doNotFake: ['performance'] });
    try {
      let asked = 0;
      const health = createHealth(noon);
      health.observe({
        name: 'queues',
        costs: 'time',
        run: () => {
          asked += 1;
          return new Promise(() => {});
        },
      });
      const reports = Array.from({ length: 100 }, health.report);
      await jest.advanceTimersByTimeAsync(2_000);
      for (const report of await Promise.all(reports)) expect(report.checks.queues?.status).toBe('unhealthy');
      expect(asked).toBe(1);
    } finally {
      jest.useRealTimers();
    }
  });
});

describe('the instances of a subgraph', () => {
  const statuses = { ready: 200, ending: 503 };
  const servers = Object.values(statuses).map((status) =>
    createServer(({ url }, response) => response.writeHead(url === '/health/ready' ? status : 404).end()),
  );
  let ready = '';
  let ending = '';
  const absent = 'http://127.0.0.1:1';
  beforeAll(async () => {
    for (const server of servers)
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const [one, other] = servers.map(
      (server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    );
    ready = one!;
    ending = other!;
  });
  afterAll(async () => {
    for (const server of servers) await new Promise((resolve) => server.close(resolve));
  });

  it('are well together when all are ready', () =>
    expect(instancesCheck([ready])()).resolves.toBeUndefined());

  it('do part of the work when some are', () =>
    expect(instancesCheck([absent, ready, ending])()).resolves.toBe('degraded'));

  it.each([
    ['ending', () => [ending]],
    ['absent', () => [absent]],
    ['either', () => [ending, absent]],
  ])('do nothing when all are %s', (_, origins) => expect(instancesCheck(origins())()).rejects.toThrow());

  it('are as many as the addresses of their name', async () => {
    const { port } = new URL(ready);
    const other = createServer((_, response) => response.writeHead(503).end());
    await new Promise<void>((resolve) => other.listen(Number(port), '127.0.0.2', resolve));
    const named = (...addresses: string[]) =>
      instancesCheck([`http://vendas.teste:${port}`], async () => addresses)();
    // Whichever the system would have chosen, and however often somebody asks.
    for (const _ of Array.from({ length: 3 })) expect(await named('127.0.0.2', '127.0.0.1')).toBe('degraded');
    await expect(named('127.0.0.2', '127.0.0.3')).rejects.toThrow();
    await new Promise((resolve) => other.close(resolve));
  });

  it('cannot be reached by a name that nobody knows', () =>
    expect(
      instancesCheck(['http://vendas.invalid:1'], () => Promise.reject(new Error('ENOTFOUND')))(),
    ).rejects.toThrow());
});
