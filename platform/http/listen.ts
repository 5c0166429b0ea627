import type { FastifyInstance } from 'fastify';
import { ConfigError } from '../config';

type Door = {
  readonly port: number;
  /** The setting with the port, for an error. */
  readonly setting: 'PORT' | 'INTERNAL_PORT';
  /** In production from anywhere; in development from this machine alone. */
  readonly production: boolean;
};

/**
 * Starts to accept connections.
 *
 * @returns the port it got, which differs from the one asked for when that was 0.
 * @throws ConfigError naming the setting when the port cannot be had.
 */
export const listen = async (app: FastifyInstance, { port, setting, production }: Door): Promise<number> => {
  await app
    .listen({ port, host: production ? '0.0.0.0' : 'localhost' })
    .catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') throw new ConfigError(`${setting}: a porta ${port} já está em uso.`);
      if (error.code === 'EACCES')
        throw new ConfigError(`${setting}: sem permissão para escutar na porta ${port}.`);
      throw error;
    });
  const address = app.server.address();
  return typeof address === 'object' && address ? address.port : port;
};
