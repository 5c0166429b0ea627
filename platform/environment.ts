import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';

/** Clock, ids and randomness: injected, so that two runs of the same input can be compared. */
export type Environment = {
  readonly agora: () => Date;
  /** A UUIDv7 (RFC 9562). */
  readonly novoId: () => string;
  readonly aleatorio: (bytes: number) => Buffer;
};

export const realEnvironment: Environment = {
  agora: () => new Date(),
  novoId: v7,
  aleatorio: randomBytes,
};
