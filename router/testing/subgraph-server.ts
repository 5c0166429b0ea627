import { createServer, type IncomingHttpHeaders, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type GraphQLSchema, graphql } from 'graphql';

type Received = { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: string };

const listen = async (listener: RequestListener) => {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}/graphql`, close };
};

/** A subgraph that answers whatever `respond` writes, on a loopback port. */
export const rawServer = async (respond: (response: ServerResponse, received: Received) => void) => {
  const received: Received[] = [];
  const server = await listen(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const one = { path: request.url!, headers: request.headers, body };
    received.push(one);
    respond(response, one);
  });
  return { ...server, received };
};

/** A real subgraph over HTTP, on a loopback port. */
export const subgraphServer = (schema: GraphQLSchema) =>
  rawServer(async (response, { body }) => {
    const { query, variables, operationName } = JSON.parse(body);
    const result = await graphql({ schema, source: query, variableValues: variables, operationName });
    response.setHeader('content-type', 'application/json').end(JSON.stringify(result));
  });
