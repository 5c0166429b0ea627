import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Environment } from '../environment';
import { CodedError, type ErrorCode } from '../errors';
import { describeError, type Log } from '../log';
import { newTraceparent, traceIdOf } from '../trace-context';
import { idsOf } from './ids-of-request';

const problems: Readonly<Record<number, { readonly title: string; readonly detail: string }>> = {
  400: {
    title: 'Requisição inválida',
    detail: 'A requisição não pôde ser lida. Confira o endereço e o corpo JSON.',
  },
  401: { title: 'Não identificado', detail: 'A requisição não diz, de forma válida, por quem é feita.' },
  404: { title: 'Não encontrado', detail: 'Não há nada neste endereço. O grafo responde em /graphql.' },
  408: { title: 'Tempo esgotado', detail: 'A requisição demorou demais para chegar.' },
  413: { title: 'Requisição grande demais', detail: 'O corpo da requisição passa do limite.' },
  414: { title: 'Endereço longo demais', detail: 'O endereço da requisição passa do limite.' },
  415: { title: 'Formato não suportado', detail: 'Envie o corpo como application/json.' },
  431: { title: 'Cabeçalhos grandes demais', detail: 'Os cabeçalhos da requisição passam do limite.' },
  500: { title: 'Erro interno', detail: 'Informe o código da requisição ao suporte.' },
  503: {
    title: 'Serviço indisponível',
    detail: 'O serviço não pode responder agora. Tente de novo em instantes.',
  },
};

const sizes = [
  { unit: 'MB', bytes: 1024 * 1024 },
  { unit: 'kB', bytes: 1024 },
];

const inPortuguese = new Intl.NumberFormat('pt-BR', { maximumFractionDigits: 1 });

const sizeOf = (bytes: number): string => {
  const size = sizes.find((each) => bytes >= each.bytes) ?? { unit: 'bytes', bytes: 1 };
  return `${inPortuguese.format(bytes / size.bytes)} ${size.unit}`;
};

const detailOf = (status: number, { routeOptions: { bodyLimit } }: FastifyRequest): string => {
  const { detail } = problems[status] ?? problems[400]!;
  return status === 413 && bodyLimit ? `${detail.slice(0, -1)} de ${sizeOf(bodyLimit)}.` : detail;
};

/**
 * Answers with problem details (RFC 9457), which name the request by its id.
 *
 * @param type of the problem, for programs, where the status does not tell all.
 */
export const sendProblem = (
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  type = 'about:blank',
) => {
  const { title } = problems[status] ?? problems[400]!;
  return reply
    .code(status)
    .header('x-content-type-options', 'nosniff')
    .type('application/problem+json; charset=utf-8')
    .send({ type, title, status, detail: detailOf(status, request), requestId: request.id });
};

const unavailable: ErrorCode = 'SUBGRAPH_UNAVAILABLE';

const statusOf = (error: FastifyError | CodedError): number => {
  // What processes of ours write into headers is percent-encoded.
  if (error instanceof URIError) return 400;
  if (error instanceof CodedError) return error.code === unavailable ? 503 : 500;
  // The Host header is part of the URL that the Apollo integration parses.
  return error.code === 'ERR_INVALID_URL' ? 400 : (error.statusCode ?? 500);
};

/** Answers what fails before or beside GraphQL as problem details, and logs what is our own failure. */
export const problemHandlers = (log: Log) => ({
  error: (error: FastifyError | CodedError, request: FastifyRequest, reply: FastifyReply) => {
    const status = statusOf(error);
    if (status >= 500) log.error({ erro: describeError(error), ...idsOf(request) }, 'unforeseen error');
    return sendProblem(request, reply, status);
  },
  notFound: (request: FastifyRequest, reply: FastifyReply) => sendProblem(request, reply, 404),
});

const statusOfUnreadable: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** Answers what is not HTTP, or too much or too slow of it, with problem details, by whose ids the log tells of it. */
export const refuseUnreadable = (
  { code = '' }: NodeJS.ErrnoException,
  socket: Socket,
  { environment, log }: { readonly environment: Environment; readonly log: Log },
): void => {
  if (code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = statusOfUnreadable[code] ?? 400;
  const requestId = environment.novoId();
  const traceId = traceIdOf({ traceparent: newTraceparent(environment) });
  log.info({ requestId, traceId, status }, 'unreadable request');
  const body = JSON.stringify({ type: 'about:blank', status, ...problems[status], requestId });
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'content-type: application/problem+json; charset=utf-8',
      'x-content-type-options: nosniff',
      `x-request-id: ${requestId}`,
      `x-trace-id: ${traceId}`,
      `content-length: ${Buffer.byteLength(body)}`,
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  );
};
