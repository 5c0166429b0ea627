import type { QueryConfig } from 'pg';
import { ScopedPool } from '../db/scoped-pool';

/** What EXPLAIN says of one statement, as PostgreSQL prints it. */
export type ExplainedStatement = { readonly sql: string; readonly plan: string };

/** A pool that explains each statement with its own values, as the role and tenant that run it. */
export class ExplainingPool extends ScopedPool {
  readonly explained: ExplainedStatement[] = [];

  override query = (async (config: QueryConfig, ...rest: never[]) => {
    const { text, values } = config;
    const { rows } = await super.query<{ 'QUERY PLAN': string }>({
      text: `EXPLAIN (ANALYZE, BUFFERS OFF) ${text}`,
      values,
    });
    this.explained.push({ sql: text, plan: rows.map((row) => row['QUERY PLAN']).join('\n') });
    return super.query(config, ...rest);
  }) as ScopedPool['query'];
}
