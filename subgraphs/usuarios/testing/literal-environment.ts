import type { Environment } from '../../../platform/environment';

export const agora = new Date('2026-11-22T12:00:00.500Z');
export const emTrintaDias = new Date('2026-12-22T12:00:00.500Z');

/** Ids in the order in which they are made, and randomness that is none. */
export const literalEnvironment = (): Environment => {
  let made = 0;
  return {
    agora: () => agora,
    novoId: () => `id-${++made}`,
    aleatorio: (bytes) => Buffer.alloc(bytes, 7),
  };
};
