import type { FastifyReply } from 'fastify';

/**
 * Says in `X-Response-Time` how long the answer took, as in `13ms`. In whole milliseconds, rounded up: finer ones would
 * tell an attacker, without the noise of the network, which branch a login or a look-up took.
 */
export const setResponseTime = (reply: FastifyReply): void => {
  reply.header('x-response-time', `${Math.ceil(reply.elapsedTime)}ms`);
};
