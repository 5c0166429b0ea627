import type { Pool, QueryConfig, QueryResult } from 'pg';
import { beginStatement, endStatement } from '../tracing/statement-span';

type Query = (config: string | QueryConfig, ...rest: unknown[]) => Promise<QueryResult>;

/** Has the running work's trace tell of each statement of a pool, the wait for a connection included. */
export const tracePool = (pool: Pool): Pool => {
  const query = pool.query.bind(pool) as Query;
  const traced: Query = (config, ...rest) => {
    const span = beginStatement(typeof config === 'string' ? config : config.text, undefined);
    const answer = query(config, ...rest);
    if (span) {
      answer.then(
        (result) => endStatement(span, null, result),
        (error: unknown) => endStatement(span, error, null),
      );
    }
    return answer;
  };
  return Object.assign(pool, { query: traced });
};
