import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { request as send } from 'undici';

type Exchange = {
  readonly response: ServerResponse;
  /** Lets the target answer, and gives its answer. */
  readonly forward: () => Promise<{ readonly status: number; readonly type: string; readonly text: string }>;
  /** Whom a redirect names. */
  readonly redirectTo: string;
};

const pass = async ({ response, forward }: Exchange) => {
  const { status, type, text } = await forward();
  response.writeHead(status, { 'content-type': type }).end(text);
};

const json = { 'content-type': 'application/json' };

/** How long what is `slow` takes, in milliseconds. */
const slowness = 100;

const behaviours = {
  hang: () => {},
  slow: async (exchange) => {
    await sleep(slowness);
    await pass(exchange);
  },
  error: ({ response }) => {
    response.writeHead(500, json).end('{"errors":[{"message":"at /app/src/db.js:1"}]}');
  },
  overloaded: ({ response }) => {
    response.writeHead(503, { 'content-type': 'application/problem+json' }).end('{"status":503}');
  },
  reset: ({ response }) => {
    response.socket?.resetAndDestroy();
  },
  /** The target does what it was asked to, and nobody hears of it. */
  lose: async ({ response, forward }) => {
    await forward();
    response.socket?.resetAndDestroy();
  },
  cut: async ({ response, forward }) => {
    const { text } = await forward();
    response.writeHead(200, { ...json, 'content-length': Buffer.byteLength(text) });
    response.write(text.slice(0, -5), () => response.socket?.destroy());
  },
  'invalid JSON': async ({ response, forward }) => {
    response.writeHead(200, json).end((await forward()).text.slice(0, -5));
  },
  HTML: ({ response }) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>nginx /app/src</h1>');
  },
  redirect: ({ response, redirectTo }) => {
    response.writeHead(307, { location: redirectTo }).end();
  },
  huge: ({ response }) => {
    response.writeHead(200, json).end(`{"data":{"a":"${'x'.repeat(9 * 1024 * 1024)}"}}`);
  },
} satisfies Record<string, (exchange: Exchange) => void | Promise<void>>;

/** `down` refuses connections. */
export type Fault = keyof typeof behaviours | 'down';

export const faults = [...Object.keys(behaviours), 'down'] as readonly Fault[];

const read = async (request: IncomingMessage): Promise<string> => {
  let body = '';
  for await (const chunk of request) body += chunk;
  return body;
};

/** Stands in front of an HTTP server on loopback, and lets everything pass until it is told to do otherwise. */
export const faultProxy = async (target: string, redirectTo = target) => {
  let fault: Fault | null = null;
  let timesLeft = Number.POSITIVE_INFINITY;
  const received: string[] = [];

  const nextBehaviour = () => {
    if (fault === null || fault === 'down' || timesLeft === 0) return pass;
    timesLeft -= 1;
    return behaviours[fault];
  };

  const server = createServer(async (request, response) => {
    // What the other side hangs up on is no failure of the test.
    response.on('error', () => {});
    const body = await read(request).catch(() => null);
    if (body === null) return;
    received.push(body);
    const forward = async () => {
      const { host, connection, 'content-length': _, ...headers } = request.headers;
      const answer = await send(target, { method: 'POST', headers, body });
      const type = String(answer.headers['content-type']);
      return { status: answer.statusCode, type, text: await answer.body.text() };
    };
    await nextBehaviour()({ response, forward, redirectTo });
  });
  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });

  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    /** The body of each request, in order. */
    received,
    /** @param times that it happens before all is well again; always when left out. */
    set: async (given: Fault | null, times = Number.POSITIVE_INFINITY): Promise<void> => {
      fault = given;
      timesLeft = times;
      if (given === 'down' && server.listening) await stop();
      if (given !== 'down' && !server.listening) await listen(port);
    },
    close: async (): Promise<void> => {
      if (server.listening) await stop();
    },
  };
};
