import type { Client } from 'pg';

/** Names as they stand in SQL, quoted where they have to be. */
export type Table = { readonly name: string; readonly columns: string[] };

/**
 * What means something only where it was written. Without a position in the outbox, and with events of whatever
 * transaction brings them back, everything is published once more; who applied an event already recognises it.
 * Migrations are recorded where they are applied.
 */
const leftOut = ['public._prisma_migrations', 'teia.entrega', 'teia.outbox.transacao'];

/** The tables of a database that a backup holds, with the columns that a backup of them holds, in a fixed order. */
export const readTables = async (client: Client): Promise<Table[]> => {
  const { rows } = await client.query<Table>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name,
       array_agg(quote_ident(a.attname) ORDER BY a.attname) AS columns
     FROM pg_class c
     JOIN pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
     WHERE c.relkind = 'r' AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
       AND format('%s.%s', n.nspname, c.relname) <> ALL ($1)
       AND format('%s.%s.%s', n.nspname, c.relname, a.attname) <> ALL ($1)
     GROUP BY 1 ORDER BY 1`,
    [leftOut],
  );
  return rows;
};

/** How many rows a table has, and a sum over the SHA-256 of each, in whatever order they lie. */
export type Measure = { readonly rows: string; readonly checksum: string };

export const measure = async (client: Client, { name, columns }: Table): Promise<Measure> => {
  const { rows } = await client.query<Measure>(
    `SELECT count(*)::text AS rows,
       coalesce(sum(substr(sha256(convert_to(ROW(${columns})::text, 'UTF8')), 1, 8)::bigint), 0)::text AS checksum
     FROM ${name}`,
  );
  return rows[0]!;
};

export type Sequence = { readonly name: string; readonly last: string };

/** The sequences that have given a number. */
export const readSequences = async (client: Client): Promise<Sequence[]> => {
  const { rows } = await client.query<Sequence>(
    `SELECT format('%I.%I', schemaname, sequencename) AS name, last_value::text AS last
     FROM pg_sequences WHERE last_value IS NOT NULL ORDER BY 1`,
  );
  return rows;
};
