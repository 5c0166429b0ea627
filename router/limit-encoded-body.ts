import type { preParsingHookHandler } from 'fastify';

/**
 * Ends a compressed body that goes on beyond the limit of bodies. Fastify counts what comes out of it, which for a
 * stream of empty members is nothing, for as long as its sender likes.
 */
export const limitEncodedBody: preParsingHookHandler = ({ raw, headers, routeOptions }, _, payload, done) => {
  const { bodyLimit = 0 } = routeOptions;
  if (headers['content-encoding']) {
    let received = 0;
    raw.on('data', (chunk: Buffer) => {
      received += chunk.length;
      if (received > bodyLimit && 'destroy' in payload)
        (payload as typeof raw).destroy(new Error('too large a body'));
    });
  }
  done(null, payload);
};
