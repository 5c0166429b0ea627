import type { FastifyInstance } from 'fastify';
import { type Health, httpStatusOf } from '../health/health';
import { describeError, type Log } from '../log';
import { idsOf } from './ids-of-request';
import { sendProblem } from './problem';

type Options = {
  readonly log: Log;
  readonly production: boolean;
  /** Rejects when this process cannot do its work for now. */
  readonly checkReady?: () => Promise<void>;
  readonly health?: Pick<Health, 'report'>;
};

/**
 * `GET /health/live` says that the process answers, `GET /health/ready` that it can do its work. Both
 * are 503, like everything, from the moment at which the process begins to end. `GET /health` tells of what the process
 * needs; in production, where anybody may ask, no more than how it is as a whole: the rest is on METRICS_PORT.
 */
export const serveHealth = (app: FastifyInstance, { log, production, checkReady, health }: Options): void => {
  const ok = { status: 'ok' };
  app.get('/health/live', async () => ok);
  app.get('/health/ready', async (request, reply) => {
    try {
      await checkReady?.();
      return ok;
    } catch (error) {
      log.warn({ erro: describeError(error), ...idsOf(request) }, 'not ready');
      return sendProblem(request, reply, 503);
    }
  });
  if (!health) return;
  app.get('/health', async (_, reply) => {
    const report = await health.report();
    const { status, timestamp } = report;
    return reply
      .code(httpStatusOf(status))
      .header('cache-control', 'no-store')
      .send(production ? { status, timestamp } : report);
  });
};
