import type { Dispatcher, Pool } from 'undici';
import { type FailureKind, SubgraphFailure } from './failure';

/** How many requests may wait for a connection, those included that nobody waits for any more. */
const longestQueue = 1_000;

type Sent = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** When its time is up, by the clock of `performance.now()`: that until the last byte, the wait for a connection included. */
  readonly endsAt: number;
  /** What it is called when that time is up. */
  readonly kindWhenLate: Extract<FailureKind, 'timeout' | 'deadline'>;
};

export type Received = { readonly status: number; readonly type: string; readonly text: string };

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
 * Sends a request and reads the whole answer, whatever its status. It stands on undici's callbacks: the stream and
 * the abort signal that undici's `request` makes each time are a third of the CPU that a hop costs its caller.
 *
 * @throws SubgraphFailure when there is no whole answer in time, `busy` when too many requests wait already.
 */
export const roundTrip = (pool: Pool, { endsAt, kindWhenLate, ...request }: Sent): Promise<Received> =>
  new Promise((resolve, reject) => {
    const timeout = endsAt - performance.now();
    if (timeout <= 0) return reject(new SubgraphFailure(kindWhenLate, 'no time is left'));
    const { queued } = pool.stats;
    if (queued >= longestQueue) return reject(new SubgraphFailure('busy', `${queued} requests wait already`));

    const chunks: Buffer[] = [];
    let status = 0;
    let type = '';
    let tooLate: SubgraphFailure | undefined;
    let running: Dispatcher.DispatchController | undefined;
    const timer = setTimeout(() => {
      tooLate = new SubgraphFailure(kindWhenLate, `no answer within ${Math.round(timeout)} ms`);
      reject(tooLate);
      running?.abort(tooLate);
    }, timeout);

    pool.dispatch(request, {
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
    });
  });
