import type { ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import type { FastifyReply } from 'fastify';

/** Apollo Sandbox, embedded. Its page comes from here, its program from Apollo. */
export const sandbox = (): ApolloServerPlugin =>
  ApolloServerPluginLandingPageLocalDefault({
    embed: { runTelemetry: false, endpointIsEditable: false },
    includeCookies: false,
  });

const landingPageCdn = 'https://apollo-server-landing-page.cdn.apollographql.com';

/**
 * Just what the embedded Sandbox of @apollo/server 5.5 loads. The script in the page, and not the frame, sends
 * the operations, so the only connection is to this origin. No `upgrade-insecure-requests`: the page is served
 * over plain HTTP.
 */
const policyFor = (nonce: string) =>
  [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' https://embeddable-sandbox.cdn.apollographql.com`,
    `style-src 'nonce-${nonce}' https://fonts.googleapis.com`,
    'font-src https://fonts.gstatic.com',
    `img-src ${landingPageCdn}`,
    `manifest-src ${landingPageCdn}`,
    "connect-src 'self'",
    'frame-src https://sandbox.embed.apollographql.com',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** Relaxes the security headers of an answer that is the landing page; Apollo Server makes a nonce for each. */
export const allowLandingPage = (reply: FastifyReply, body: unknown): void => {
  if (typeof body !== 'string' || reply.getHeader('content-type') !== 'text/html') return;
  const nonce = /'nonce-([\da-f]{64})'/.exec(body)?.[1];
  if (!nonce) return;
  reply.header('content-type', 'text/html; charset=utf-8');
  reply.header('content-security-policy', policyFor(nonce));
  // Signing in to Apollo Studio happens in a window that answers to this one.
  reply.header('cross-origin-opener-policy', 'same-origin-allow-popups');
};
