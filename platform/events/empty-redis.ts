import { Redis } from 'ioredis';
import { ConfigError } from '../config';

const answerMs = 5_000;

/**
 * Makes sure that no queue holds events of what was there before a restore: they would take the place of those that
 * follow the backup.
 *
 * @throws ConfigError when Redis has anything in it, or does not answer.
 */
export const checkQueuesInRedis = async (url: string): Promise<void> => {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: answerMs,
    commandTimeout: answerMs,
    retryStrategy: () => null,
  });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    const keys = await redis.dbsize();
    if (keys === 0) return;
  } catch {
    throw new ConfigError('REDIS_URL: o servidor não responde.');
  } finally {
    redis.disconnect();
  }
  throw new ConfigError('REDIS_URL: não está vazio; pare o Teia e esvazie-o (FLUSHDB) antes de restaurar.');
};
