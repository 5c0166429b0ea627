import type { Ask } from './graph-session';

/** Asks the graph at an address, as any client does. */
export const askOverHttp =
  (url: string): Ask =>
  async (query, variables, headers) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, variables }),
    });
    return response.json() as ReturnType<Ask>;
  };
