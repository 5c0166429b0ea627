/** What each request allows of a retry. */
const perRequest = 0.1;
const most = 10;

/**
 * Bounds retries to a tenth of all requests, and ten more: when everything fails, they must not double what a subgraph
 * has to bear.
 */
export const createRetryBudget = () => {
  let tokens = most;
  return {
    onRequest: (): void => {
      tokens = Math.min(tokens + perRequest, most);
    },
    /** Whether one retry more is allowed, which is then spent. */
    spend: (): boolean => {
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
};
