import type { FastifyInstance } from 'fastify';
import { describeError, type Log } from '../log';
import { sendProblem } from './problem';

/** Whether a route is one that is asked every few seconds, which a log need not tell. */
export const isHealthCheck = (route: string | undefined): boolean => route?.startsWith('/health/') ?? false;

/**
 * `GET /health/live` says that the process answers, `GET /health/ready` that it can do its work. Both
 * are 503, like everything, from the moment at which the process begins to end.
 */
export const serveHealth = (
  app: FastifyInstance,
  log: Log,
  checkReady: (() => Promise<void>) | undefined,
): void => {
  const ok = { status: 'ok' };
  app.get('/health/live', async () => ok);
  app.get('/health/ready', async (request, reply) => {
    try {
      await checkReady?.();
      return ok;
    } catch (error) {
      log.warn({ erro: describeError(error), requestId: request.id }, 'not ready');
      return sendProblem(request, reply, 503);
    }
  });
};
