CREATE TABLE teia.auditoria (
  id uuid PRIMARY KEY,
  organizacao_id uuid NOT NULL,
  usuario_id uuid,
  sessao_id uuid,
  acao text NOT NULL,
  entidade text NOT NULL,
  entidade_id uuid NOT NULL,
  campos text[] NOT NULL,
  ip inet,
  user_agent text,
  request_id text NOT NULL,
  criado_em timestamptz(3) NOT NULL
);
CREATE INDEX ON teia.auditoria (organizacao_id, criado_em);

ALTER TABLE teia.outbox NO FORCE ROW LEVEL SECURITY;
INSERT INTO teia.auditoria (id, organizacao_id, usuario_id, sessao_id, acao, entidade, entidade_id, campos, ip,
  user_agent, request_id, criado_em)
SELECT id, organizacao_id, (dados ->> 'usuarioId')::uuid, (dados ->> 'sessaoId')::uuid, dados ->> 'acao',
  dados ->> 'entidade', (dados ->> 'entidadeId')::uuid, ARRAY(SELECT jsonb_array_elements_text(dados -> 'campos')),
  CASE WHEN pg_input_is_valid(dados ->> 'ip', 'inet') THEN (dados ->> 'ip')::inet END, dados ->> 'userAgent',
  dados ->> 'requestId', criado_em
FROM teia.outbox WHERE tipo = 'RegistroDeAuditoria';
DELETE FROM teia.outbox WHERE tipo = 'RegistroDeAuditoria';
ALTER TABLE teia.outbox FORCE ROW LEVEL SECURITY;

SELECT teia.proteger('teia.auditoria');
REVOKE UPDATE, DELETE ON teia.auditoria FROM teia_aplicacao;

-- usuarios, whose identity writes to the outbox too, had let it into this table.
DO $$
BEGIN
  IF EXISTS (
    SELECT FROM pg_policy WHERE polrelid = 'teia.outbox'::regclass AND polname = 'identidade'
  ) THEN
    CREATE POLICY identidade ON teia.auditoria FOR INSERT TO teia_identidade
      WITH CHECK (organizacao_id = teia.organizacao_atual());
    GRANT INSERT ON teia.auditoria TO teia_identidade;
  END IF;
END $$;
