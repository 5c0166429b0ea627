import type { Client } from 'pg';

export type Column = {
  readonly name: string;
  readonly type: string;
  readonly generated: boolean;
  readonly nullable: boolean;
};
export type Table = {
  /** With its schema, quoted. */
  readonly name: string;
  readonly forced: boolean;
  readonly columns: readonly Column[];
};

/** Every table of a database, Prisma's own history excepted. */
export const readCatalogue = async (client: Client): Promise<Table[]> => {
  const { rows } = await client.query<Table>(`
    SELECT format('%I.%I', n.nspname, c.relname) AS name, c.relrowsecurity AND c.relforcerowsecurity AS forced,
      json_agg(json_build_object('name', quote_ident(a.attname), 'type', format_type(a.atttypid, NULL),
        'nullable', NOT a.attnotnull, 'generated', a.attidentity <> '' OR a.attgenerated <> '' OR a.atttypid = 'xid8'::regtype AND a.atthasdef)
        ORDER BY a.attnum) AS columns
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
      AND c.relname <> '_prisma_migrations'
    GROUP BY n.nspname, c.relname, c.relrowsecurity, c.relforcerowsecurity
    ORDER BY 1`);
  return rows;
};

/** The column that says which organization a row belongs to; an organization belongs to itself. */
export const tenantColumnOf = ({ name, columns }: Table): string | undefined =>
  name === 'public.organizacao' ? 'id' : columns.find((column) => column.name === 'organizacao_id')?.name;
