import { randomInt } from 'node:crypto';
import { freePort as freePortFrom } from '../free-port';

// Below those that systems give to connections on their way out, which could take one before its server listens.
let latest = Promise.resolve(randomInt(20_000, 30_000));

/** A port of 127.0.0.1 on which nobody listens, another one each time. */
export const freePort = (): Promise<number> => {
  latest = latest.then((port) => freePortFrom(port + 1, '127.0.0.1'));
  return latest;
};
