import { AsyncLocalStorage } from 'node:async_hooks';
import type { OpenSpan } from './open-span';

const storage = new AsyncLocalStorage<OpenSpan>();

/** Runs `work`, and all that it awaits, as part of a span. Only for what is recorded: following it costs. */
export const runInSpan = <Result>(span: OpenSpan, work: () => Result): Result => storage.run(span, work);

/** The span of the running work, if it is part of a recorded one. */
export const currentSpan = (): OpenSpan | undefined => storage.getStore();
