import { type Dispatcher, Pool } from 'undici';

export type Target = { readonly url: string; readonly headers?: Readonly<Record<string, string>> };

/** A whole answer: the milliseconds until its last byte, and its text. */
export type Answer = { readonly ms: number; readonly text: string };

/**
 * The thinnest client that there is here, since it shares its core with the subgraphs: a handler below
 * undici's promises. An answer that is not 200, or that holds an error, rejects.
 */
export const openClient = ({ url, headers }: Target, connections: number) => {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections, pipelining: 1, headersTimeout: 30_000, bodyTimeout: 30_000 });

  const ask = (body: string, extra: Readonly<Record<string, string>> = {}): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const start = performance.now();
      const chunks: Buffer[] = [];
      let status = 0;
      const handler: Dispatcher.DispatchHandler = {
        onRequestStart: () => {},
        onResponseStart: (_, statusCode) => {
          status = statusCode;
        },
        onResponseData: (_, chunk) => {
          chunks.push(chunk);
        },
        onResponseEnd: () => {
          const text = (chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)).toString();
          const ms = performance.now() - start;
          if (status === 200 && !text.includes('"errors":')) resolve({ ms, text });
          else reject(new Error(`${url} answered ${status}: ${text.slice(0, 500)}`));
        },
        onResponseError: (_, error) => reject(error),
      };
      pool.dispatch(
        {
          path: pathname,
          method: 'POST',
          headers: { 'content-type': 'application/json', accept: 'application/json', ...headers, ...extra },
          body,
        },
        handler,
      );
    });
  return { ask, close: () => pool.close() };
};

export type Client = ReturnType<typeof openClient>;
