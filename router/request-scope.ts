import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * The request id of the HTTP request being answered. Apollo Server formats errors without saying for which
 * request, and each masked error has to name the id under which it was logged.
 */
export const requestScope = new AsyncLocalStorage<{ readonly requestId: string }>();
