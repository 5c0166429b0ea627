import type { IncomingMessage } from 'node:http';
import type { Environment } from '../environment';

const acceptable = /^[\w.-]{8,64}$/;

/** The id of a request: the one it brings in `X-Request-ID` when that is a short plain token, otherwise a new one. */
export const requestIdOf = (request: IncomingMessage, { novoId }: Environment): string => {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && acceptable.test(given) ? given : novoId();
};
