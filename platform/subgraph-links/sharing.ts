import type { Caller } from '../caller';
import { SubgraphFailure } from './failure';

type Running<Answer> = { readonly endsAt: number; readonly answer: Promise<Answer> };

type Read = {
  readonly caller: Caller;
  /** What is asked, and of whom. */
  readonly key: string;
  /** When the time for it is up. */
  readonly endsAt: number;
};

/** With less time left than that, to ask again is to fail again. */
const fairChanceMs = 100;

const ranOutOfTime = (error: unknown): boolean =>
  error instanceof SubgraphFailure && (error.kind === 'deadline' || error.kind === 'timeout');

/**
 * Sends what the same Caller, the same object, asks several times at once a single time.
 *
 * @param copy of an answer for each but the first: they change what they are given.
 */
export const createSharing = <Answer>(copy: (answer: Answer) => Answer) => {
  const running = new WeakMap<Caller, Map<string, Running<Answer>>>();

  const begin = ({ caller, key, endsAt }: Read, ask: () => Promise<Answer>): Promise<Answer> => {
    const ofCaller = running.get(caller) ?? new Map<string, Running<Answer>>();
    running.set(caller, ofCaller);
    const answer = ask().finally(() => {
      if (ofCaller.get(key) === begun) ofCaller.delete(key);
    });
    const begun = { endsAt, answer };
    ofCaller.set(key, begun);
    return answer;
  };

  const read = async (asked: Read, ask: () => Promise<Answer>): Promise<Answer> => {
    const begun = running.get(asked.caller)?.get(asked.key);
    // Nobody is to wait for longer than their own request may take.
    if (!begun || begun.endsAt > asked.endsAt) return begin(asked, ask);
    try {
      return copy(await begun.answer);
    } catch (error) {
      // The time of another request is no reason for this one to fail.
      if (ranOutOfTime(error) && asked.endsAt - begun.endsAt >= fairChanceMs) return read(asked, ask);
      throw error;
    }
  };

  return {
    read,
    /** What begins from now on joins nothing that began before: it may have to show what was changed. */
    forget: (caller: Caller): void => {
      running.delete(caller);
    },
  };
};
