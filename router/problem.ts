import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { describeError, type Log } from '../platform/log';

const problems: Readonly<Record<number, { readonly title: string; readonly detail: string }>> = {
  400: {
    title: 'Requisição inválida',
    detail: 'A requisição não pôde ser lida. Confira o endereço e o corpo JSON.',
  },
  404: { title: 'Não encontrado', detail: 'Não há nada neste endereço. O grafo responde em /graphql.' },
  408: { title: 'Tempo esgotado', detail: 'A requisição demorou demais para chegar.' },
  413: { title: 'Requisição grande demais', detail: 'O corpo da requisição passa do limite de 1 MB.' },
  414: { title: 'Endereço longo demais', detail: 'O endereço da requisição passa do limite.' },
  415: { title: 'Formato não suportado', detail: 'Envie o corpo como application/json.' },
  500: { title: 'Erro interno', detail: 'Informe o código da requisição ao suporte.' },
  503: {
    title: 'Serviço indisponível',
    detail: 'O servidor está sendo encerrado. Tente de novo em instantes.',
  },
};

const sendProblem = (request: FastifyRequest, reply: FastifyReply, status: number) => {
  const { title, detail } = problems[status] ?? problems[400]!;
  return (
    reply
      .code(status)
      // An address that cannot be parsed is answered before any hook runs.
      .header('x-request-id', request.id)
      .header('x-content-type-options', 'nosniff')
      .type('application/problem+json; charset=utf-8')
      .send({ type: 'about:blank', title, status, detail, requestId: request.id })
  );
};

const statusOf = ({ statusCode = 500, code }: FastifyError) =>
  // The Host header is part of the URL that the Apollo integration parses.
  code === 'ERR_INVALID_URL' ? 400 : statusCode;

/** Answers what fails before or beside GraphQL as problem details (RFC 9457), with the request id. */
export const problemHandlers = (log: Log) => ({
  error: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
    const status = statusOf(error);
    if (status >= 500) log.error({ erro: describeError(error), requestId: request.id }, 'unforeseen error');
    return sendProblem(request, reply, status);
  },
  notFound: (request: FastifyRequest, reply: FastifyReply) => sendProblem(request, reply, 404),
});
