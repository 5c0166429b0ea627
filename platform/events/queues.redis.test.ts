import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { startRedisServer } from '../testing/redis-server';
import { createEventQueues } from './queues';
import { anEvent } from './testing/cloud-events';
import { queueContract } from './testing/queue-contract';

let server: Awaited<ReturnType<typeof startRedisServer>>;
beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.stop());

const onServer = async (work: (redis: Redis) => Promise<unknown>): Promise<void> => {
  const redis = new Redis(server.url);
  await work(redis);
  redis.disconnect();
};

describe('event queues on Redis', () => {
  queueContract(async () => ({
    store: { redisUrl: server.url },
    interrupt: () => onServer((redis) => redis.call('CLIENT', 'KILL', 'TYPE', 'NORMAL', 'SKIPME', 'YES')),
    drop: () => onServer((redis) => redis.flushall()),
  }));

  it('keep every key below one prefix', async () => {
    const queues = createEventQueues({ redisUrl: server.url });
    await queues.publish('vendas', [anEvent()]);
    await onServer(async (redis) => {
      const keys = await redis.keys('*');
      expect(keys.length).toBeGreaterThan(0);
      expect(keys.filter((key) => !key.startsWith('teia:teia-vendas:'))).toEqual([]);
    });
    await queues.close();
    await onServer((redis) => redis.flushall());
  });

  it('refuse in bounded time to publish while Redis is down, and go on by themselves when it is back', async () => {
    const queues = createEventQueues({ redisUrl: server.url });
    const delivered: string[] = [];
    queues.consume('vendas', async ({ event }) => {
      delivered.push(event.id);
    });
    const [before, meanwhile, after] = [anEvent(), anEvent(), anEvent()];
    await queues.publish('vendas', [before]);
    while (delivered.length < 1) await sleep(20);
    await server.kill();
    await expect(queues.publish('vendas', [meanwhile])).rejects.toThrow();
    await server.start();
    const publish = (): Promise<void> =>
      queues.publish('vendas', [after]).catch(() => sleep(50).then(publish));
    await publish();
    while (!delivered.includes(after.id)) await sleep(20);
    // What was refused may have been sent all the same once Redis was back: delivery is at least once.
    expect(delivered.filter((id) => id !== meanwhile.id)).toEqual([before.id, after.id]);
    await queues.close();
  });

  it('refuse and close in bounded time when Redis was never there', async () => {
    const queues = createEventQueues({ redisUrl: 'redis://127.0.0.1:1' });
    queues.consume('vendas', async () => {});
    await expect(queues.publish('vendas', [anEvent()])).rejects.toThrow();
    await queues.close();
  });
});
