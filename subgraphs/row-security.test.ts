import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { createTestDatabase } from '../platform/testing/test-database';
import { subgraphs } from '.';
import { readCatalogue, type Table, tenantColumnOf } from './testing/isolation/catalogue';
import { type PlantedRow, plantOrganization } from './testing/isolation/plant-row';

/** Tables that belong to no organization, and what the application's role may do with them all the same. */
const withoutTenant: Readonly<Record<string, string>> = {
  'public.usuario': 'a person; visible through a membro of the current organization',
  'public.sessao': 'for the identity role only',
  'public.confirmacao': 'for the identity role only',
  'public.token_usado': 'for the identity role only',
  'public.revogacao': 'for the identity role; the application adds those of its own people in it',
  'teia.entrega': 'how far each consumer was given events; for the role of the events only',
};

const permissionDenied = '42501';

/** What an organization's row looks like to a connection: how many it reads and how many it can write. */
const attempt = async (client: Client, sql: string, values: unknown[] = []): Promise<number | 'refused'> => {
  try {
    const { rowCount } = await client.query(sql, values);
    return rowCount ?? 0;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === permissionDenied) return 'refused';
    throw error;
  }
};

describe.each(Object.keys(subgraphs))('the database of %s', (subgraph) => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  let admin: Client;
  let application: Client;
  let tables: Table[];
  let planted: ReadonlyMap<string, PlantedRow>;
  const victim = randomUUID();

  beforeAll(async () => {
    database = await createTestDatabase(subgraph);
    admin = new Client(database.adminUrl);
    application = new Client(database.url);
    await Promise.all([admin.connect(), application.connect()]);
    tables = await readCatalogue(admin);
    planted = await plantOrganization(admin, tables, victim);
  });
  afterAll(async () => {
    await Promise.all([admin.end(), application.end()]);
    await database.drop();
  });

  it('forces row-level security on every table, and knows which organization each row belongs to', () => {
    expect(tables.length).toBeGreaterThan(4);
    expect(tables.filter(({ forced }) => !forced).map(({ name }) => name)).toEqual([]);
    const homeless = tables.filter((table) => !tenantColumnOf(table) && !withoutTenant[table.name]);
    expect(homeless.map(({ name }) => name)).toEqual([]);
  });

  it('is used by a role that neither owns nor bypasses anything', async () => {
    const { rows } = await application.query(`
      SELECT rolsuper OR rolbypassrls OR pg_has_role(current_user, 'teia_dono', 'MEMBER') AS dangerous
      FROM pg_roles WHERE rolname = current_user`);
    expect(rows).toEqual([{ dangerous: false }]);
  });

  const settings: [string, string][] = [
    ['another organization', randomUUID()],
    ['no organization', ''],
  ];

  it.each(settings)('gives and takes nothing with %s set', async (_, organizacao) => {
    await application.query("SELECT set_config('teia.organizacao', $1, false)", [organizacao]);
    for (const { name, columns } of tables) {
      const before = await admin.query(`SELECT * FROM ${name}`);
      expect(before.rows).toHaveLength(1);
      const first = columns[0]!.name;
      for (const sql of [
        `SELECT FROM ${name}`,
        `UPDATE ${name} SET ${first} = ${first}`,
        `DELETE FROM ${name}`,
        `SELECT FROM ${name} FOR UPDATE`,
      ]) {
        expect({ sql, outcome: await attempt(application, sql) }).not.toMatchObject({ outcome: 1 });
      }
      const writable = columns.filter(({ generated }) => !generated).map(({ name }) => name);
      const row = planted.get(name.replace(/^.*\./, ''))!;
      const insert = `INSERT INTO ${name} (${writable.join(', ')})
        VALUES (${writable.map((__, index) => `$${index + 1}`).join(', ')}) ON CONFLICT DO NOTHING`;
      const values = writable.map((column) => row[column.replaceAll('"', '')]);
      expect({ insert, outcome: await attempt(application, insert, values) }).toMatchObject({
        outcome: 'refused',
      });
      expect((await admin.query(`SELECT * FROM ${name}`)).rows).toEqual(before.rows);
    }
  });

  it('shows an organization its own rows', async () => {
    await application.query("SELECT set_config('teia.organizacao', $1, false)", [victim]);
    const tenantTables = tables.filter((table) => tenantColumnOf(table) && !withoutTenant[table.name]);
    for (const { name } of tenantTables) {
      expect({ name, rows: await attempt(application, `SELECT FROM ${name}`) }).toEqual({ name, rows: 1 });
    }
  });
});
