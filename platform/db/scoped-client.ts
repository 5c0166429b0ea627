import { channel } from 'node:diagnostics_channel';
import { Client, DatabaseError } from 'pg';
import { beginStatement, endStatement } from '../tracing/statement-span';
import type { Scope } from './scope';
import { ScopedQuery, setScope } from './scoped-query';

/** Each statement as it is sent for processing: `{ text }`, without values. What sets the scope is not one. */
export type DatabaseStatement = { readonly text: string };
const statements = channel('teia:db:statement');

/** SQLSTATEs of statements that failed on a healthy connection: their data, conflicts, SQL, time-outs. */
const failedStatement = /^(?:22|23|40|42|P0)|^(?:57014|55P03)$/;

const isSubmittable = (config: unknown): boolean =>
  typeof config === 'object' && config !== null && 'submit' in config;

/** A connection that runs statements only for the scope to which it is lent. */
export class ScopedClient extends Client {
  scope: Scope | null = null;
  transactionScope: Scope | null = null;

  /** To be awaited before the first query. */
  prepareScope() {
    return super.query({ ...setScope, values: ['', 'none'] });
  }

  /** Has the trace of the running work, if it is recorded, told of the query's end. */
  private trace(query: ScopedQuery) {
    const span = beginStatement(query.text, this.database);
    if (!span) return;
    const { callback } = query;
    query.callback = (error, result) => {
      endStatement(span, error, result);
      callback?.(error, result);
    };
  }

  override query = ((config: unknown, values?: unknown, callback?: unknown) => {
    if (!this.scope) throw new Error('This database connection is not lent to anyone.');
    if (isSubmittable(config)) throw new TypeError('Query objects would bypass the database scope.');
    const query = new ScopedQuery(this, this.scope, config, values, callback);
    if (statements.hasSubscribers) statements.publish({ text: query.text });
    if (query.callback) {
      this.trace(query);
      super.query(query);
      return;
    }
    return new Promise((resolve, reject) => {
      query.callback = (error, result) => (error ? reject(error) : resolve(result));
      this.trace(query);
      super.query(query);
    }).catch((error: Error) => {
      // The stack of the socket's callback becomes that of the caller, as pg does it.
      Error.captureStackTrace(error);
      throw error;
    });
  }) as Client['query'];

  /** Whether the next borrower finds it clean, after this one ends with `error` or none. */
  isReusable(error: unknown): boolean {
    const isHealthy = !error || (error instanceof DatabaseError && failedStatement.test(error.code ?? ''));
    return isHealthy && this.getTransactionStatus() === 'I';
  }
}
