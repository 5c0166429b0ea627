import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { type Column, type Table, tenantColumnOf } from './catalogue';

export type PlantedRow = Readonly<Record<string, unknown>>;

const plainValues: Readonly<Record<string, () => unknown>> = {
  uuid: randomUUID,
  text: () => `canario-${randomUUID()}`,
  boolean: () => true,
  integer: () => 1,
  bigint: () => 1,
  xid8: () => '3',
  'timestamp with time zone': () => new Date(),
  date: () => '2000-01-01',
  jsonb: () => '{}',
  bytea: () => Buffer.from(`canario-${randomUUID()}`),
  inet: () => '192.0.2.1',
};

/** What queries ask for by its value. */
const soughtValues: Readonly<Record<string, unknown>> = {
  situacao: 'CANCELADA',
  embutido: 'ADMINISTRADOR',
  chave: 'ocupado',
  email: 'ocupado@exemplo.com',
};

const enumLabel = async (client: Client, type: string): Promise<unknown> =>
  (await client.query('SELECT enumlabel FROM pg_enum WHERE enumtypid = $1::regtype LIMIT 1', [type])).rows[0]
    ?.enumlabel;

const valueFor = async (client: Client, { name, type, nullable }: Column): Promise<unknown> => {
  if (type === 'text' && name in soughtValues) return soughtValues[name];
  // An optional instant is that of an end: a row that is over already could not be ended by a stranger.
  if (nullable && type === 'timestamp with time zone') return null;
  if (type.endsWith('[]')) return [];
  const value = plainValues[type]?.() ?? (await enumLabel(client, type));
  if (value === undefined)
    throw new Error(`no value to plant for a column of type ${type}: teach plant-row.ts`);
  return value;
};

/**
 * Puts one row of made-up values into a table, without regard to foreign keys.
 *
 * @param given columns whose values matter, the organization above all.
 */
const plantRow = async (client: Client, table: Table, given: PlantedRow): Promise<PlantedRow> => {
  const columns = table.columns.filter(({ generated }) => !generated);
  const values = await Promise.all(
    columns.map((column) => (column.name in given ? given[column.name] : valueFor(client, column))),
  );
  const names = columns.map(({ name }) => name).join(', ');
  const places = columns.map((_, index) => `$${index + 1}`).join(', ');
  const { rows } = await client.query(
    `INSERT INTO ${table.name} (${names}) VALUES (${places}) RETURNING *`,
    values,
  );
  return rows[0];
};

/** Made-up values need not make sense together. */
const dropChecks = async (client: Client): Promise<void> => {
  const { rows } = await client.query(`
    SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS sql
    FROM pg_constraint JOIN pg_namespace n ON n.oid = connamespace
    WHERE contype = 'c' AND conrelid <> 0 AND n.nspname NOT IN ('pg_catalog', 'information_schema')`);
  for (const { sql } of rows) await client.query(sql);
};

/**
 * One row in every table for one organization. References between them hold as far as their names say so:
 * `cliente_id` is the id of the row in `cliente`.
 */
export const plantOrganization = async (client: Client, tables: readonly Table[], organizacaoId: string) => {
  const ids = new Map(tables.map(({ name }) => [name.replace(/^.*\./, ''), randomUUID() as string]));
  const planted = new Map<string, PlantedRow>([['organizacao', { id: organizacaoId }]]);
  ids.set('organizacao', organizacaoId);
  await dropChecks(client);
  await client.query('SET session_replication_role = replica');
  for (const table of tables) {
    const tableName = table.name.replace(/^.*\./, '');
    const references = table.columns.flatMap(({ name, type }) => {
      if (!name.endsWith('_id') || type !== 'uuid') return [];
      const referred = name.replace(/_id$/, '');
      const id = ids.get(referred) ?? randomUUID();
      // Of what has no table here, another domain's entity above all, there is the id alone.
      if (!ids.has(referred)) planted.set(referred, { id });
      ids.set(referred, id);
      return [[name, id]];
    });
    const tenant = tenantColumnOf(table);
    const given = {
      ...(table.columns.some(({ name, type }) => name === 'id' && type === 'uuid') && {
        id: ids.get(tableName),
      }),
      ...Object.fromEntries(references),
      ...(tenant && { [tenant]: organizacaoId }),
    };
    planted.set(tableName, await plantRow(client, table, given));
  }
  await client.query('SET session_replication_role = origin');
  return planted;
};
