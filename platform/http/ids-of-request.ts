import type { FastifyRequest } from 'fastify';
import { traceIdOf } from '../trace-context';
import { traceparentOf } from './request-trace';

/** By what a request is found again in the logs of every process, and in traces. */
export const idsOf = (
  request: FastifyRequest,
): { readonly requestId: string; readonly traceId: string | null } => ({
  requestId: request.id,
  traceId: traceIdOf({ traceparent: traceparentOf(request) }),
});
