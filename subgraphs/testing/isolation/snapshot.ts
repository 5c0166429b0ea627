import type { Client } from 'pg';
import { type Table, tenantColumnOf } from './catalogue';

/** All that a database holds of one organization, as text. */
export const snapshotOf = async (
  client: Client,
  tables: readonly Table[],
  organizacaoId: string,
): Promise<string> => {
  const contents: unknown[] = [];
  for (const table of tables) {
    const tenant = tenantColumnOf(table);
    if (!tenant) continue;
    const { rows } = await client.query(
      `SELECT to_jsonb(t) AS row FROM ${table.name} t WHERE ${tenant} = $1 ORDER BY 1`,
      [organizacaoId],
    );
    contents.push([table.name, rows.map(({ row }) => row)]);
  }
  return JSON.stringify(contents);
};
