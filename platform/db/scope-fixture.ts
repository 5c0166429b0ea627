import { randomUUID } from 'node:crypto';
import { Client, type PoolConfig } from 'pg';
import { databaseUrl, provision } from './provision';
import type { Scope } from './scope';
import { ScopedPool } from './scoped-pool';

const schema = `
  CREATE TABLE cliente (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    organizacao_id uuid NOT NULL,
    nome text NOT NULL,
    documento text,
    UNIQUE (organizacao_id, documento) DEFERRABLE
  );
  ALTER TABLE cliente ENABLE ROW LEVEL SECURITY;
  ALTER TABLE cliente FORCE ROW LEVEL SECURITY;
  CREATE POLICY inquilino ON cliente TO teia_aplicacao
    USING (organizacao_id = nullif(current_setting('teia.organizacao', true), '')::uuid);
  CREATE POLICY identidade ON cliente FOR SELECT TO teia_identidade USING (true);
  GRANT SELECT, INSERT, UPDATE, DELETE ON cliente TO teia_aplicacao;
  GRANT SELECT ON cliente TO teia_identidade;
  CREATE TABLE contador (n int NOT NULL);
  INSERT INTO contador SELECT generate_series(1, 10);
  GRANT SELECT, UPDATE ON contador TO teia_aplicacao;`;

export type ScopedDatabase = Awaited<ReturnType<typeof createScopedDatabase>>;

/** A database of its own on a server, with a table under forced row-level security. */
export const createScopedDatabase = async (server: { adminUrl: string; appUrl: string }) => {
  const prefix = `t_${randomUUID().replaceAll('-', '')}`;
  const name = `${prefix}_escopo`;
  await provision({ ...server, appUrl: databaseUrl(server.appUrl, prefix), databases: ['escopo'] });
  const appUrl = databaseUrl(server.appUrl, name);
  const adminUrl = databaseUrl(server.adminUrl, name);
  const admin = new Client(adminUrl);
  await admin.connect();
  await admin.query(schema);
  const pools: ScopedPool[] = [];
  return {
    admin,
    adminUrl,
    appUrl,
    openPool: (settings: PoolConfig): ScopedPool => {
      const pool = new ScopedPool({ connectionString: appUrl, ...settings });
      pools.push(pool);
      return pool;
    },
    stop: async () => {
      await Promise.all(pools.map((pool) => pool.end()));
      await admin.end();
      const other = new Client(server.adminUrl);
      await other.connect();
      await other.query(`DROP DATABASE ${name}`);
      await other.end();
    },
  };
};

/** A new organization with clientes of the given names. */
export const createTenant = async ({ admin }: ScopedDatabase, ...nomes: string[]) => {
  const organizacaoId = randomUUID();
  const { rows } = await admin.query<{ id: string }>(
    'INSERT INTO cliente (organizacao_id, nome) SELECT $1, unnest($2::text[]) RETURNING id',
    [organizacaoId, nomes],
  );
  return {
    scope: { role: 'inquilino', organizacaoId } satisfies Scope,
    organizacaoId,
    ids: rows.map(({ id }) => id),
  };
};
