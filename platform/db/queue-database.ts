import {
  assertSchemaCompatibility,
  LATEST_SCHEMA_VERSION,
  runMigrations,
  SchemaMigrationRequiredError,
} from 'bullmq';
import { Client, escapeIdentifier } from 'pg';
import { OWNER_ROLE } from './provision';
import { databaseRoles } from './scope';

/** What follows the prefix in the name of the database of the queues, as a subgraph's name does in others. */
export const QUEUE_DATABASE = 'filas';

/** BullMQ's own default. */
const SCHEMA = 'bullmq';
/** The table in which rate-limiter-flexible counts attempts; the library also empties it of what has expired. */
export const LIMITS_TABLE = 'tentativa';

const APP_ROLE = databaseRoles.inquilino;

/** 'teia' in ASCII, and the fifth use of it. */
const QUEUES_LOCK = [0x74656961, 5];

/** As the library expects it, with an index for its clearing up. */
const limits = [
  `CREATE TABLE IF NOT EXISTS ${LIMITS_TABLE} (
     key varchar(255) PRIMARY KEY, points integer NOT NULL DEFAULT 0, expire bigint
   )`,
  `CREATE INDEX IF NOT EXISTS ${LIMITS_TABLE}_expire_idx ON ${LIMITS_TABLE} (expire)`,
  `GRANT SELECT, INSERT, UPDATE, DELETE ON ${LIMITS_TABLE} TO ${APP_ROLE}`,
];

/** What the application may do there: use what is there, and make the temporary tables of a batch. */
const grants = [
  `GRANT USAGE ON SCHEMA ${SCHEMA} TO ${APP_ROLE}`,
  `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${SCHEMA} TO ${APP_ROLE}`,
  `REVOKE INSERT, UPDATE, DELETE ON ${SCHEMA}.migration FROM ${APP_ROLE}`,
];

/**
 * Brings the database of the queues up to date with this version of BullMQ. Safe to repeat, and to run twice at once.
 *
 * @param adminUrl the administrator's address of that database.
 * @param queues names of all queues there will be: the application may not make the sequence of one itself.
 */
export const migrateQueues = async (adminUrl: string, queues: readonly string[]): Promise<void> => {
  const client = new Client({
    connectionString: adminUrl,
    options: `-c role=${OWNER_ROLE}`,
    application_name: 'teia-migrate',
  });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1, $2)', QUEUES_LOCK);
    await runMigrations(client, SCHEMA);
    for (const queue of queues) {
      const { rows } = await client.query(`SELECT ${SCHEMA}.job_id_seq_name($1) AS sequence`, [queue]);
      await client.query(`CREATE SEQUENCE IF NOT EXISTS ${SCHEMA}.${escapeIdentifier(rows[0].sequence)}`);
    }
    for (const statement of limits) await client.query(statement);
    for (const grant of grants) await client.query(grant);
    await client.query(`GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${SCHEMA} TO ${APP_ROLE}`);
    const { rows } = await client.query('SELECT quote_ident(current_database()) AS name');
    await client.query(`GRANT TEMPORARY ON DATABASE ${rows[0].name} TO ${APP_ROLE}`);
  } finally {
    await client.end();
  }
};

/**
 * Whether the database of the queues is ready for this version of BullMQ and for these queues; read as the application.
 */
export const areQueuesMigrated = async (client: Client, queues: readonly string[]): Promise<boolean> => {
  try {
    if ((await assertSchemaCompatibility(client, SCHEMA)) < LATEST_SCHEMA_VERSION) return false;
  } catch (error) {
    if (error instanceof SchemaMigrationRequiredError) return false;
    throw error;
  }
  const { rows } = await client.query(
    `SELECT to_regclass($3) IS NOT NULL
       AND coalesce(bool_and(to_regclass(format('%I.%I', $1::text, ${SCHEMA}.job_id_seq_name(q))) IS NOT NULL), true)
       AS exist
     FROM unnest($2::text[]) AS q`,
    [SCHEMA, queues, LIMITS_TABLE],
  );
  return rows[0].exist;
};
