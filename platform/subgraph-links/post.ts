import type { Dispatcher, Pool } from 'undici';
import { type FailureKind, SubgraphFailure } from './failure';

type Post = {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Milliseconds until the last byte, the wait for a connection included. */
  readonly timeout: number;
  /** What it is called when that time is up. */
  readonly late: Extract<FailureKind, 'timeout' | 'deadline'>;
};

export type PostAnswer = { readonly status: number; readonly type: string; readonly text: string };

// Drops a byte order mark, with which JSON could not be parsed.
const utf8 = new TextDecoder();

const failureOf = (error: Error, isSent: boolean): SubgraphFailure => {
  const isTooLarge = 'code' in error && error.code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE';
  return new SubgraphFailure(
    isTooLarge ? 'too_large' : isSent ? 'broken' : 'unreachable',
    // The system names an address that has several only in each of the errors below.
    error.message || String((error as NodeJS.ErrnoException).code),
  );
};

/**
 * Posts a text and reads the whole answer, whatever its status. It stands on undici's callbacks: the stream and
 * the abort signal that undici's `request` makes each time are a third of the CPU that a hop costs its caller.
 *
 * @throws SubgraphFailure when there is no whole answer in time.
 */
export const post = (pool: Pool, { timeout, late, ...request }: Post): Promise<PostAnswer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let status = 0;
    let type = '';
    let tooLate: SubgraphFailure | undefined;
    let running: Dispatcher.DispatchController | undefined;
    const timer = setTimeout(() => {
      tooLate = new SubgraphFailure(late, `no answer within ${Math.round(timeout)} ms`, timeout);
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
          reject(failureOf(error, running !== undefined));
        },
      },
    );
  });
