import { createServer } from 'node:http';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { type Config, ConfigError } from './config';
import type { OnClose } from './run-process';

/** What this process measures. Label values come from lists of ours, never from clients: their number is bounded. */
export const metrics = new Registry();

/**
 * Serves the measurements, with those of the process itself, at `GET /metrics` on METRICS_PORT when there is one, in
 * Prometheus' text format, to anybody who reaches that port of TEIA_HOST.
 *
 * @returns the port it got, or null.
 * @throws ConfigError when the port or the address cannot be had.
 */
export const serveMetrics = async (
  { METRICS_PORT: port, TEIA_HOST: host }: Pick<Config, 'METRICS_PORT' | 'TEIA_HOST'>,
  onClose: OnClose,
): Promise<number | null> => {
  if (port === undefined) return null;
  const ofProcess = new Registry();
  collectDefaultMetrics({ register: ofProcess });
  const server = createServer(async ({ method, url }, response) => {
    if (method !== 'GET' || url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    try {
      const texts = await Promise.all([metrics.metrics(), ofProcess.metrics()]);
      response.writeHead(200, { 'content-type': metrics.contentType }).end(texts.join(''));
    } catch {
      response.writeHead(500).end();
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', ({ code }: NodeJS.ErrnoException) =>
      reject(new ConfigError(`METRICS_PORT: não foi possível escutar em ${host}, porta ${port} (${code}).`)),
    );
    server.listen(port, host, resolve);
  });
  onClose(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const address = server.address();
  return typeof address === 'object' && address ? address.port : port;
};
