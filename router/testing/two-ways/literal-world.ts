import { createHash } from 'node:crypto';
import type { Environment } from '../../../platform/environment';

const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');

/** A clock that goes on when it is told to, and an environment by it for each part: the same in every run. */
export const literalWorld = () => {
  let now = Date.parse('2026-11-22T12:00:00.000Z');
  let parts = 0;
  return {
    pass: (ms: number) => {
      now += ms;
    },
    agora: () => new Date(now),
    environment: (): Environment => {
      parts += 1;
      const part = parts;
      let ids = 0;
      let draws = 0;
      return {
        agora: () => new Date(now),
        novoId: () => {
          ids += 1;
          const instant = hex(now, 12);
          return `${instant.slice(0, 8)}-${instant.slice(8)}-7${hex(part, 3)}-8000-${hex(ids, 12)}`;
        },
        aleatorio: (bytes) => {
          draws += 1;
          return createHash('shake256', { outputLength: bytes }).update(`${part}:${draws}`).digest();
        },
      };
    },
  };
};

export type LiteralWorld = ReturnType<typeof literalWorld>;
