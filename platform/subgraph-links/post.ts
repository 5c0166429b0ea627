import type { Dispatcher, Pool } from 'undici';

type Post = {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Milliseconds until the last byte, the wait for a connection included. */
  readonly timeout: number;
};

export type PostAnswer = { readonly status: number; readonly type: string; readonly text: string };

// Drops a byte order mark, with which JSON could not be parsed.
const utf8 = new TextDecoder();

/**
 * Posts a text and reads the whole answer, whatever its status. It stands on undici's callbacks: the stream and
 * the abort signal that undici's `request` makes each time are a third of the CPU that a hop costs its caller.
 *
 * @throws when there is no whole answer in time.
 */
export const post = (pool: Pool, { timeout, ...request }: Post): Promise<PostAnswer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let status = 0;
    let type = '';
    let tooLate: Error | undefined;
    let running: Dispatcher.DispatchController | undefined;
    const timer = setTimeout(() => {
      tooLate = new Error(`no answer within ${timeout} ms`);
      reject(tooLate);
      running?.abort(tooLate);
    }, timeout);

    pool.dispatch(
      { ...request, method: 'POST' },
      {
        onRequestStart: (controller) => {
          running = controller;
          if (tooLate) controller.abort(tooLate);
        },
        onResponseStart: (_, statusCode, headers) => {
          status = statusCode;
          type = String(headers['content-type'] ?? '');
        },
        onResponseData: (_, chunk) => {
          chunks.push(chunk);
        },
        onResponseEnd: () => {
          clearTimeout(timer);
          resolve({ status, type, text: utf8.decode(Buffer.concat(chunks)) });
        },
        onResponseError: (_, error) => {
          clearTimeout(timer);
          reject(error);
        },
      },
    );
  });
