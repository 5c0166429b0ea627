import { Redis } from 'ioredis';
import { logSparingly } from '../log-sparingly';
import type { OpenSignals } from './open-signals';

const answerMs = 1_000;

/** Redis' channels know no databases: news of another installation in the same server costs a read in vain. */
const topicOf = (channel: string): string => `teia:sinais:${channel}`;

/** Signals as messages of Redis, which forgets them at once. */
export const signalsOnRedis = (url: string): OpenSignals => {
  const report = logSparingly('signals by Redis in trouble');
  const connect = (maxRetriesPerRequest: number | null, commandTimeout?: number): Redis => {
    const retryStrategy = (times: number) => Math.min(times * 200, 2_000);
    const redis = new Redis(url, { retryStrategy, maxRetriesPerRequest, commandTimeout });
    redis.on('error', report);
    return redis;
  };
  let publisher: Redis | undefined;
  return {
    signal: async (channel) => {
      publisher ??= connect(0, answerMs);
      await publisher.publish(topicOf(channel), '').catch(report);
    },
    onSignal: (channel, listener) => {
      const subscriber = connect(null);
      subscriber.on('message', () => listener());
      // Once it succeeded it is repeated on each new connection.
      subscriber.subscribe(topicOf(channel)).catch(report);
      return async () => {
        subscriber.removeAllListeners('message');
        subscriber.disconnect();
      };
    },
    close: async () => publisher?.disconnect(),
  };
};
