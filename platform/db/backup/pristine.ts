import type { Client } from 'pg';

/**
 * A table that has, or had, rows: by the size of its file, which row-level security hides from nobody.
 *
 * @returns its name, or null when no table has any.
 */
export const findRows = async (client: Client, apartFrom: readonly string[] = []): Promise<string | null> => {
  const { rows } = await client.query<{ name: string }>(
    `SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'r' AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
       AND pg_relation_size(c.oid) > 0 AND c.relname <> ALL ($1) LIMIT 1`,
    [['_prisma_migrations', ...apartFrom]],
  );
  return rows[0]?.name ?? null;
};
