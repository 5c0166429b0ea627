import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { DatabaseBackup } from './manifest';
import { findFilled } from './pristine';
import { measure } from './tables';

type Guard = { readonly lift: string; readonly restore: string };

/**
 * What stands in the way of rows as they are, each as what takes it away and what puts it back, the outermost first:
 * row-level security, which binds the owner as well, foreign keys, which want an order, indexes, which cost less
 * made of all rows at once, and triggers, which number and notify.
 */
const findGuards = async (client: Client): Promise<Guard[]> => {
  const { rows } = await client.query<Guard>(
    `SELECT format('ALTER TABLE %s NO FORCE ROW LEVEL SECURITY', oid::regclass) AS lift,
       format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', oid::regclass) AS restore, 1 AS place
     FROM pg_class WHERE relforcerowsecurity
     UNION ALL
     SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),
       format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)), 2
     FROM pg_constraint WHERE contype = 'f'
     UNION ALL
     SELECT format('DROP INDEX %s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid), 3
     FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'r' AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
       AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype <> 'f')
     UNION ALL
     SELECT format('ALTER TABLE %s DISABLE TRIGGER %I', tgrelid::regclass, tgname),
       format('ALTER TABLE %s ENABLE TRIGGER %I', tgrelid::regclass, tgname), 4
     FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'
     ORDER BY place`,
  );
  return rows;
};

/**
 * Loads a database, migrated and without rows of anybody's, in the transaction of the client: rows as they were, foreign keys
 * checked anew, counts and checksums compared. Nobody else gets at its tables until that ends.
 *
 * @param client as the owner of the tables.
 * @param read gives the content of a file of the backup.
 * @param prefilled the tables that migrations filled; the backup has those rows as they became.
 * @throws Error when there are rows already, or those loaded are not those that were copied.
 */
export const loadDatabase = async (
  client: Client,
  { name, tables, sequences }: DatabaseBackup,
  read: (file: string) => Readable,
  prefilled: readonly string[],
): Promise<void> => {
  const names = tables.map((table) => table.name);
  await client.query(`LOCK TABLE ${names} IN ACCESS EXCLUSIVE MODE`);
  const filled = (await findFilled(client)).find((table) => !prefilled.includes(table));
  if (filled) throw new Error(`A base de ${name} recebeu dados durante a restauração (${filled}).`);

  const guards = await findGuards(client);
  for (const { lift } of guards) await client.query(lift);
  // New files for the rows: when this fails, the old and empty ones are back.
  await client.query(`TRUNCATE ${names}`);
  for (const table of tables) {
    await pipeline(
      read(table.file),
      client.query(copyFrom(`COPY ${table.name} (${table.columns}) FROM STDIN`)),
    );
  }
  for (const sequence of sequences)
    await client.query('SELECT setval($1, $2)', [sequence.name, sequence.last]);
  for (const table of tables) {
    const { rows, checksum } = await measure(client, table);
    if (rows !== table.rows || checksum !== table.checksum) {
      throw new Error(`${table.name} de ${name} não ficou igual à cópia; nada foi gravado.`);
    }
  }
  for (const guard of guards.toReversed()) await client.query(guard.restore);
  await client.query(`ANALYZE ${names}`);
};
