import { AsyncResource } from 'node:async_hooks';
import { Pool, type PoolClient, type PoolConfig } from 'pg';
import { describeError, log } from '../log';
import { noConnectionError } from './prisma-errors';
import { currentScope, type Scope } from './scope';
import { ScopedClient } from './scoped-client';

type Borrowed = (
  error: Error | undefined,
  client: PoolClient | undefined,
  done: PoolClient['release'],
) => void;

/** As many as the connections serve before who comes next has waited for too long anyway. */
const mostWaiting = 200;

/** What `pg` says when nobody gave a connection back in time has no code. */
const isTooLong = ({ message }: Error): boolean => message === 'timeout exceeded when trying to connect';

const lend = (client: PoolClient & ScopedClient, scope: Scope): void => {
  const giveBack = client.release;
  client.scope = scope;
  client.release = (error) => {
    client.scope = null;
    giveBack(client.isReusable(error) ? undefined : error || true);
  };
};

/**
 * A pool whose every statement runs for the scope in which it was asked for (`runInScope`), whenever a
 * connection becomes free for it. `query` sets the scope in the statement's own round trip; a client
 * from `connect` keeps the scope of that moment, and its transactions set it as part of their BEGIN.
 * Without a scope both fail before anything is sent. When all connections are taken, one waits for as long as
 * `connectionTimeoutMillis` says, and when too many wait already not at all.
 *
 * The login of the pool owns nothing and bypasses nothing: it is a member of the roles in
 * `databaseRoles`, and what a missing setting denies stays denied to it.
 */
export class ScopedPool extends Pool {
  constructor(config: PoolConfig) {
    super({
      ...config,
      Client: ScopedClient,
      // A pipelined query would be sent before the transaction state that it depends upon is known.
      pipeline: false,
      onConnect: (client) => (client as ScopedClient).prepareScope(),
    });
    // Without listeners a lost connection would end the process. A borrower learns it from its query.
    this.on('error', (error) => {
      if (!this.ending) log.warn({ erro: describeError(error) }, 'idle database connection lost');
    });
    this.on('connect', (client) => client.on('error', () => {}));
  }

  override connect(): Promise<PoolClient>;
  override connect(callback: Borrowed): void;
  override connect(callback?: Borrowed): Promise<PoolClient> | undefined {
    if (!callback) {
      return new Promise((resolve, reject) => {
        this.connect((error, client) => (client ? resolve(client) : reject(error)));
      });
    }
    const scope = currentScope();
    if (this.waitingCount >= mostWaiting) {
      callback(noConnectionError(), undefined, () => {});
      return undefined;
    }
    // A connection that another request gives back comes in the context of that request.
    const caller = new AsyncResource('teia.database');
    super.connect((error, client, done) => {
      if (client) lend(client as PoolClient & ScopedClient, scope);
      const refusal = error && isTooLong(error) ? noConnectionError() : error;
      caller.runInAsyncScope(callback, null, refusal, client, client ? client.release : done);
    });
    return undefined;
  }
}
