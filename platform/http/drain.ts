import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { FastifyReply } from 'fastify';

/**
 * The type (RFC 9457) of the problem that a process answers with once it ends: it has not begun what it was asked, so
 * that whoever asked may ask another one, whatever it was.
 */
export const endingProblem = 'urn:teia:problema:encerrando';

const longestMs = 1_000;
const lookEveryMs = 20;

/**
 * The requests that have no answer yet. A server that listens on `localhost` has two addresses, and closing it waits for
 * what came by the first alone.
 */
export const createUnanswered = () => {
  let many = 0;
  return {
    add: ({ raw }: FastifyReply): void => {
      many += 1;
      raw.once('close', () => {
        many -= 1;
      });
    },
    /** Waits until there is none, for so many milliseconds at most. */
    none: async (atMostMs: number): Promise<void> => {
      for (let waited = 0; many > 0 && waited < atMostMs; waited += lookEveryMs) await sleep(lookEveryMs);
    },
  };
};

/**
 * Waits, for a second at most, until clients have left their connections: each answer tells them to. A connection that is
 * closed while a client writes to it leaves that client not knowing whether it was heard.
 */
export const clientsToLeave = async (server: Server): Promise<void> => {
  const connections = promisify(server.getConnections.bind(server));
  for (let waited = 0; waited < longestMs && (await connections()) > 0; waited += lookEveryMs) {
    await sleep(lookEveryMs);
  }
};
