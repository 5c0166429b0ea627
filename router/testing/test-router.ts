import { pino } from 'pino';
import { request as send } from 'undici';
import { realEnvironment } from '../../platform/environment';
import { createRouter } from '../create-router';
import { fakeLinks, fakeSupergraph } from './fake-supergraph';

type Headers = Record<string, string> | string[];

type Answer = {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: {
    readonly message: string;
    readonly path?: (string | number)[];
    readonly extensions: Record<string, unknown>;
  }[];
  readonly extensions?: unknown;
};

const composed = fakeSupergraph();
const noKeys = { keys: [] };

const asList = (headers: Headers) => (Array.isArray(headers) ? headers : Object.entries(headers).flat());

/** A router over the fake graph on a port of its own, ways to ask it, and what it logged. */
export const testRouter = async (options: Partial<Parameters<typeof createRouter>[0]> = {}) => {
  const logged: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line) => logged.push(line) });
  const router = await createRouter({
    supergraph: composed,
    links: fakeLinks(),
    registered: new Map(),
    jwks: async () => noKeys,
    revocations: null,
    wellKnown: {},
    environment: realEnvironment,
    production: false,
    log,
    proxies: [],
    ...options,
  });
  const url = await router.app.listen({ port: 0, host: '127.0.0.1' });
  const port = Number(new URL(url).port);

  const get = async (path: string, headers: Headers = {}) => {
    const response = await send(url + path, { headers });
    return { status: response.statusCode, headers: response.headers, text: await response.body.text() };
  };
  const post = async (body: object | string, headers: Headers = {}) => {
    const response = await send(`${url}/graphql`, {
      method: 'POST',
      headers: ['content-type', 'application/json', ...asList(headers)],
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.body.text();
    return { status: response.statusCode, headers: response.headers, text, ...(JSON.parse(text) as Answer) };
  };
  const ask = (query: string, variables?: object, headers?: Headers) => post({ query, variables }, headers);
  return { ...router, url, port, logged, get, post, ask };
};

/** Runs a test against a router of its own. */
export const withRouter =
  (
    use: (router: Awaited<ReturnType<typeof testRouter>>) => Promise<void>,
    options?: Partial<Parameters<typeof createRouter>[0]>,
  ) =>
  async () => {
    const router = await testRouter(options);
    try {
      await use(router);
    } finally {
      await router.close();
    }
  };
