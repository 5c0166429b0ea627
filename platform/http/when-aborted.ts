import type { FastifyReply } from 'fastify';

/** The status under which others too count a request whose client went away before it was answered. */
export const clientClosedRequest = 499;

/** Has somebody told when nobody is left to be answered; Fastify's own hook tells of unfinished requests alone. */
export const whenAborted = ({ raw }: FastifyReply, tell: () => void): void => {
  raw.once('close', () => {
    if (!raw.writableFinished) tell();
  });
};
