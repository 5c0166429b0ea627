import type { FastifyInstance } from 'fastify';
import { type Config, ConfigError } from '../config';
import type { OnClose } from '../run-process';
import { clientsToLeave } from './drain';

type Door = {
  readonly config: Pick<Config, 'TEIA_HOST'>;
  readonly port: number;
  /** The setting with the port, for an error. */
  readonly setting: 'PORT' | 'INTERNAL_PORT';
  readonly onClose: OnClose;
};

const everywhere = ['0.0.0.0', '::'];

const originOf = (host: string, port: number): string => {
  if (everywhere.includes(host)) return `http://localhost:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
};

/**
 * Starts to accept connections at TEIA_HOST, and gives clients a second to leave them when the server is closed. Closing the server is for the caller to register, before.
 *
 * @returns where it answers, as `http://localhost:4000`; the port differs from the one asked for when that was 0.
 * @throws ConfigError naming the setting when the port or the address cannot be had.
 */
export const listen = async (app: FastifyInstance, door: Door): Promise<string> => {
  const { port, setting } = door;
  const host = door.config.TEIA_HOST;
  app.addHook('preClose', () => clientsToLeave(app.server));
  const listening = app.listen({ port, host });
  // Fastify falls over when it is closed in the midst of this.
  door.onClose(async () => {
    await listening.catch(() => undefined);
  });
  await listening.catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE') throw new ConfigError(`${setting}: a porta ${port} já está em uso.`);
    if (error.code === 'EACCES')
      throw new ConfigError(`${setting}: sem permissão para escutar na porta ${port}.`);
    if (error.code === 'ENOTFOUND' || error.code === 'EADDRNOTAVAIL')
      throw new ConfigError(`TEIA_HOST: ${host} não é um endereço desta máquina.`);
    throw error;
  });
  const address = app.server.address();
  return originOf(host, typeof address === 'object' && address ? address.port : port);
};
