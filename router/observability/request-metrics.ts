import type { FastifyRequest } from 'fastify';
import { Counter, Histogram } from 'prom-client';
import type { ErrorCode } from '../../platform/errors';
import { metrics } from '../../platform/metrics';
import { noteOfRequest, type OperationNote } from './operation-note';

const registers = [metrics];

const requests = new Counter({
  name: 'gateway_requests_total',
  help: 'Answers to requests. service="router" has each once, with its status, 499 when the client went away; a subgraph has those that needed it: 200, or 503 when a fetch of it failed. route is the name of a registered operation, the path of what is no operation, or outra.',
  labelNames: ['method', 'route', 'service', 'status_code'] as const,
  registers,
});

const duration = new Histogram({
  name: 'gateway_request_duration_seconds',
  help: 'service="router": from the first byte of a request to the last of its answer; a subgraph: what its fetches for the request took, together.',
  labelNames: ['method', 'route', 'service'] as const,
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  registers,
});

const errors = new Counter({
  name: 'gateway_graphql_errors_total',
  help: 'Errors in answers, by their code; an answer with errors and data is 200.',
  labelNames: ['code'] as const,
  registers,
});

// What grows from nothing shows no increase.
for (const code of ['INTERNAL_SERVER_ERROR', 'SUBGRAPH_UNAVAILABLE'] as const satisfies ErrorCode[])
  errors.inc({ code }, 0);

const methods = new Set(['GET', 'HEAD', 'POST', 'OPTIONS']);
const other = 'outra';

/** Clients name operations, paths and methods as they like: only names of ours become a label. */
const routeOf = ({ routeOptions: { url } }: FastifyRequest, note: OperationNote | undefined): string =>
  url === '/graphql' ? (note?.registered ?? other) : (url ?? other);

/** Counts a request that is over. */
export const measureRequest = (request: FastifyRequest, status: number, elapsedMs: number): void => {
  const note = noteOfRequest(request);
  const about = {
    method: methods.has(request.method) ? request.method : other,
    route: routeOf(request, note),
  };
  requests.inc({ ...about, service: 'router', status_code: status });
  duration.observe({ ...about, service: 'router' }, elapsedMs / 1_000);
  if (!note) return;
  for (const [service, { ms, isAnswered }] of note.fetches) {
    requests.inc({ ...about, service, status_code: isAnswered ? 200 : 503 });
    duration.observe({ ...about, service }, ms / 1_000);
  }
  for (const [code, n] of Object.entries(note.errors)) errors.inc({ code }, n);
};
