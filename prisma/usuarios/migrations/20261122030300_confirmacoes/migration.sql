-- Invitations to an organization, and what people prove by single-use tokens that were sent to their address.

CREATE TABLE convite (
  id uuid PRIMARY KEY,
  organizacao_id uuid NOT NULL,
  email text NOT NULL,
  convidado_por uuid NOT NULL,
  criado_em timestamptz(3) NOT NULL,
  expira_em timestamptz(3) NOT NULL,
  aceito_em timestamptz(3),
  cancelado_em timestamptz(3)
);
CREATE UNIQUE INDEX convite_organizacao_id_id_key ON convite (organizacao_id, id);
CREATE INDEX convite_organizacao_id_criado_em_id_idx ON convite (organizacao_id, criado_em, id);
CREATE INDEX convite_organizacao_id_email_idx ON convite (organizacao_id, email);
CREATE INDEX convite_fim_idx ON convite (coalesce(aceito_em, cancelado_em, expira_em));

CREATE TABLE convite_perfil (
  organizacao_id uuid NOT NULL,
  convite_id uuid NOT NULL,
  perfil_id uuid NOT NULL,
  PRIMARY KEY (organizacao_id, convite_id, perfil_id),
  CONSTRAINT convite_perfil_organizacao_id_convite_id_fkey FOREIGN KEY (organizacao_id, convite_id)
    REFERENCES convite (organizacao_id, id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT convite_perfil_organizacao_id_perfil_id_fkey FOREIGN KEY (organizacao_id, perfil_id)
    REFERENCES perfil (organizacao_id, id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX convite_perfil_organizacao_id_perfil_id_idx ON convite_perfil (organizacao_id, perfil_id);

SELECT teia.proteger('convite');
SELECT teia.proteger('convite_perfil');
-- Who gets in is decided in the scope of identity alone.
REVOKE INSERT, UPDATE, DELETE ON convite, convite_perfil FROM teia_aplicacao;

CREATE POLICY identidade_le ON convite FOR SELECT TO teia_identidade USING (true);
CREATE POLICY identidade_cria ON convite FOR INSERT TO teia_identidade
  WITH CHECK (organizacao_id = teia.organizacao_atual());
CREATE POLICY identidade_altera ON convite FOR UPDATE TO teia_identidade
  USING (organizacao_id = teia.organizacao_atual());
CREATE POLICY identidade_le ON convite_perfil FOR SELECT TO teia_identidade USING (true);
CREATE POLICY identidade_cria ON convite_perfil FOR INSERT TO teia_identidade
  WITH CHECK (organizacao_id = teia.organizacao_atual());
GRANT SELECT, INSERT, UPDATE (convidado_por, expira_em, aceito_em, cancelado_em) ON convite TO teia_identidade;
GRANT SELECT, INSERT ON convite_perfil TO teia_identidade;

-- An invitation holds the address of somebody who may want nothing of us: 90 days after its end it goes, perfis too.
CREATE POLICY limpeza_le ON convite FOR SELECT TO teia_limpeza
  USING (coalesce(aceito_em, cancelado_em, expira_em) < now() - interval '90 days');
CREATE POLICY limpeza_apaga ON convite FOR DELETE TO teia_limpeza
  USING (coalesce(aceito_em, cancelado_em, expira_em) < now() - interval '90 days');
GRANT SELECT (aceito_em, cancelado_em, expira_em), DELETE ON convite TO teia_limpeza;

CREATE TABLE confirmacao (
  id uuid PRIMARY KEY,
  tipo text NOT NULL,
  email text NOT NULL,
  organizacao text,
  nome text,
  convite_id uuid,
  convite_organizacao_id uuid,
  token_hash text,
  criada_em timestamptz(3) NOT NULL,
  expira_em timestamptz(3) NOT NULL,
  enviar_em timestamptz(3) NOT NULL,
  tentativas integer NOT NULL,
  enviada_em timestamptz(3),
  usada_em timestamptz(3),
  CHECK (CASE tipo
    WHEN 'REGISTRO' THEN num_nonnulls(organizacao, nome) = 2 AND num_nonnulls(convite_id, convite_organizacao_id) = 0
    WHEN 'CONVITE' THEN num_nonnulls(organizacao, nome) = 0 AND num_nonnulls(convite_id, convite_organizacao_id) = 2
    WHEN 'SENHA' THEN num_nonnulls(organizacao, nome, convite_id, convite_organizacao_id) = 0
    ELSE false
  END)
);
CREATE UNIQUE INDEX confirmacao_token_hash_key ON confirmacao (token_hash);
CREATE INDEX confirmacao_email_tipo_idx ON confirmacao (email, tipo);
CREATE INDEX confirmacao_expira_em_idx ON confirmacao (expira_em);
CREATE INDEX confirmacao_tipo_enviada_em_enviar_em_idx ON confirmacao (tipo, enviada_em, enviar_em);

-- No right at all for the application: it is about addresses, whether or not they are somebody's.
ALTER TABLE confirmacao ENABLE ROW LEVEL SECURITY;
ALTER TABLE confirmacao FORCE ROW LEVEL SECURITY;
CREATE POLICY identidade ON confirmacao TO teia_identidade USING (true);
GRANT SELECT, INSERT, UPDATE (token_hash, enviar_em, tentativas, enviada_em, usada_em) ON confirmacao
  TO teia_identidade;

-- An hour after it is worth nothing, whatever the clock of who uses it shows, nothing is known of it any more.
CREATE POLICY limpeza_le ON confirmacao FOR SELECT TO teia_limpeza USING (expira_em < now() - interval '1 hour');
CREATE POLICY limpeza_apaga ON confirmacao FOR DELETE TO teia_limpeza USING (expira_em < now() - interval '1 hour');
GRANT SELECT (expira_em), DELETE ON confirmacao TO teia_limpeza;
