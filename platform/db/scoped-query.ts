import type { EventEmitter } from 'node:events';
import { type ClientBase, type Connection, Query } from 'pg';
import { databaseRoles, type Scope } from './scope';

/** What pg's Query does inside and its types leave out; pg's version is pinned for it. */
interface PgQuery extends EventEmitter {
  readonly text: string;
  callback?: (error: Error | null, result?: unknown) => void;
  queryMode?: string;
  query_timeout?: number;
  rows?: number;
  submit(connection: Connection): Error | null;
  prepare(connection: Connection): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, connection: Connection): void;
}
const PgQuery = Query as unknown as new (config: unknown, values: unknown, callback: unknown) => PgQuery;

/** Sets a scope for the running transaction. A connection prepares it once, before its first query. */
export const setScope = {
  name: 'teia_escopo',
  text: `SELECT set_config('teia.organizacao', $1, true), set_config('role', $2, true)`,
};

// A further command behind it could end the transaction and go on outside of it.
const opensTransaction = (text: string): boolean =>
  /^\s*(?:begin|start\s+transaction)(?:\s[\s\w,]*)?;?\s*$/i.test(text);

/** A connection, with the scope of its last statement outside of a transaction: the one that opened it, if one is open. */
type ScopedConnection = Pick<ClientBase, 'getTransactionStatus'> & { transactionScope: Scope | null };

/**
 * A query that takes its scope to the server. Outside of a transaction the scope rides ahead of the
 * statement and one Sync ends both: one round trip, one implicit transaction, and nothing stays on the
 * connection, not even after an error. A BEGIN takes it along for its whole transaction.
 */
export class ScopedQuery extends PgQuery {
  /** Commands under way whose answers are not the statement's own. */
  private setupCommands = 0;

  constructor(
    private readonly client: ScopedConnection,
    private readonly scope: Scope,
    config: unknown,
    values: unknown,
    callback: unknown,
  ) {
    super(config, values, callback);
    // The simple protocol takes several commands, and what follows a COMMIT among them has no scope.
    this.queryMode = 'extended';
    // Pages of rows would have no Sync behind them when one fails.
    this.rows = undefined;
    if (typeof config === 'object' && config !== null && 'query_timeout' in config) {
      this.query_timeout = Number(config.query_timeout);
    }
  }

  override submit(connection: Connection): Error | null {
    if (this.client.getTransactionStatus() !== 'I') {
      const isOwn = this.client.transactionScope === this.scope;
      return isOwn ? super.submit(connection) : new Error('The open transaction belongs to another scope.');
    }
    this.client.transactionScope = this.scope;
    if (opensTransaction(this.text)) return this.begin(connection);
    this.setupCommands = 1;
    return super.submit(connection);
  }

  /** SET, unlike SELECT, takes no snapshot: the isolation level can still be set after it. */
  private begin(connection: Connection): null {
    const { role, organizacaoId = '' } = this.scope;
    const setup = `SET LOCAL teia.organizacao = '${organizacaoId}'; SET LOCAL ROLE ${databaseRoles[role]}`;
    this.setupCommands = 2;
    connection.query(`${setup}; ${this.text}`);
    return null;
  }

  override prepare(connection: Connection): void {
    if (this.setupCommands > 0) {
      const { role, organizacaoId = '' } = this.scope;
      connection.bind({ statement: setScope.name, values: [organizacaoId, databaseRoles[role]] }, false);
      connection.execute(null, false);
    }
    super.prepare(connection);
  }

  override handleDataRow(message: unknown): void {
    if (this.setupCommands === 0) super.handleDataRow(message);
  }

  override handleCommandComplete(message: unknown, connection: Connection): void {
    if (this.setupCommands > 0) this.setupCommands -= 1;
    else super.handleCommandComplete(message, connection);
  }
}
