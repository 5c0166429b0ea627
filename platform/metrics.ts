import { createServer, type ServerResponse } from 'node:http';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { type Config, ConfigError } from './config';
import { type Health, httpStatusOf } from './health/health';
import type { OnClose } from './run-process';

/** What this process measures. Label values come from lists of ours, never from clients: their number is bounded. */
export const metrics = new Registry();

const answerMeasurements = async (ofProcess: Registry, response: ServerResponse): Promise<void> => {
  const texts = await Promise.all([metrics.metrics(), ofProcess.metrics()]);
  response.writeHead(200, { 'content-type': metrics.contentType }).end(texts.join(''));
};

const answerHealth = async ({ report }: Pick<Health, 'report'>, response: ServerResponse): Promise<void> => {
  const found = await report();
  response
    .writeHead(httpStatusOf(found.status), {
      'content-type': 'application/json',
      'cache-control': 'no-store',
    })
    .end(JSON.stringify(found));
};

/**
 * Serves the measurements, with those of the process itself, at `GET /metrics` on METRICS_PORT when there is one, in
 * Prometheus' text format, and the whole of its health at `GET /health`, to anybody who reaches that port of TEIA_HOST.
 *
 * @returns the port it got, or null.
 * @throws ConfigError when the port or the address cannot be had.
 */
export const serveMetrics = async (
  { METRICS_PORT: port, TEIA_HOST: host }: Pick<Config, 'METRICS_PORT' | 'TEIA_HOST'>,
  health: Pick<Health, 'report'>,
  onClose: OnClose,
): Promise<number | null> => {
  if (port === undefined) return null;
  const ofProcess = new Registry();
  collectDefaultMetrics({ register: ofProcess });
  const answers: Readonly<Record<string, (response: ServerResponse) => Promise<void>>> = {
    '/metrics': (response) => answerMeasurements(ofProcess, response),
    '/health': (response) => answerHealth(health, response),
  };
  const server = createServer(async ({ method, url = '' }, response) => {
    const answer = method === 'GET' && Object.hasOwn(answers, url) && answers[url];
    if (!answer) {
      response.writeHead(404).end();
      return;
    }
    try {
      await answer(response);
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
