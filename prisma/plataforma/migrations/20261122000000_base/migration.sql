-- What every domain's database has: the tenant of the transaction, and the tables of the unit of work.

CREATE SCHEMA teia;
GRANT USAGE ON SCHEMA teia TO teia_aplicacao, teia_identidade;

-- So that a start without an administrator can tell whether the database is up to date.
GRANT SELECT ON public._prisma_migrations TO teia_aplicacao;

-- The organization for which this transaction works; NULL, which equals nothing, when none was set.
CREATE FUNCTION teia.organizacao_atual() RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('teia.organizacao', true), '')::uuid;

-- Makes a table tenant-owned: it must have organizacao_id. Not even its owner is exempt.
CREATE FUNCTION teia.proteger(tabela regclass) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', tabela);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', tabela);
  EXECUTE format(
    'CREATE POLICY inquilino ON %s TO teia_aplicacao USING (organizacao_id = teia.organizacao_atual())',
    tabela
  );
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO teia_aplicacao', tabela);
END $$;
REVOKE EXECUTE ON FUNCTION teia.proteger(regclass) FROM PUBLIC;

-- The last sequence number given to an event of each aggregate. Its row lock also puts concurrent
-- changes of one aggregate in an order.
CREATE TABLE teia.agregado (
  organizacao_id uuid NOT NULL,
  tipo text NOT NULL,
  id uuid NOT NULL,
  sequencia bigint NOT NULL,
  PRIMARY KEY (organizacao_id, tipo, id)
);

CREATE TABLE teia.outbox (
  id uuid PRIMARY KEY,
  organizacao_id uuid NOT NULL,
  tipo text NOT NULL,
  agregado_tipo text NOT NULL,
  agregado_id uuid NOT NULL,
  sequencia bigint NOT NULL,
  dados jsonb NOT NULL,
  correlation_id text NOT NULL,
  causation_id text,
  traceparent text,
  criado_em timestamptz(3) NOT NULL,
  -- Orders by commit visibility, which neither the id nor the clock does: a long transaction commits late.
  transacao xid8 NOT NULL DEFAULT pg_current_xact_id(),
  UNIQUE (organizacao_id, agregado_tipo, agregado_id, sequencia)
);
CREATE INDEX ON teia.outbox (transacao, id);

CREATE TABLE teia.auditoria (
  id uuid PRIMARY KEY,
  organizacao_id uuid NOT NULL,
  usuario_id uuid,
  sessao_id uuid,
  acao text NOT NULL,
  entidade text NOT NULL,
  entidade_id uuid NOT NULL,
  -- Names of the fields that changed, never their values: erasing a person rewrites no history.
  campos text[] NOT NULL,
  ip inet,
  user_agent text,
  request_id text NOT NULL,
  criado_em timestamptz(3) NOT NULL
);
CREATE INDEX ON teia.auditoria (organizacao_id, criado_em);

CREATE TABLE teia.idempotencia (
  organizacao_id uuid NOT NULL,
  usuario_id uuid NOT NULL,
  chave text NOT NULL,
  caminho text NOT NULL,
  operacao text NOT NULL,
  resumo text NOT NULL,
  resultado jsonb,
  criado_em timestamptz(3) NOT NULL,
  PRIMARY KEY (organizacao_id, usuario_id, chave, caminho)
);
CREATE INDEX ON teia.idempotencia (criado_em);

SELECT teia.proteger('teia.agregado');
SELECT teia.proteger('teia.outbox');
SELECT teia.proteger('teia.auditoria');
SELECT teia.proteger('teia.idempotencia');

-- What has happened is only ever added to.
REVOKE UPDATE, DELETE ON teia.outbox, teia.auditoria FROM teia_aplicacao;
REVOKE DELETE ON teia.agregado, teia.idempotencia FROM teia_aplicacao;
