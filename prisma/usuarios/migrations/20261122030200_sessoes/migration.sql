-- From where a session was used last, which refresh tokens it has had, and whose access tokens are refused before they expire.

ALTER TABLE sessao ADD COLUMN ip inet, ADD COLUMN user_agent text, ADD COLUMN familia_id uuid;
CREATE INDEX sessao_usuario_id_idx ON sessao (usuario_id);
CREATE INDEX sessao_expira_em_idx ON sessao (expira_em);

CREATE TABLE token_usado (
  hash text PRIMARY KEY,
  sessao_id uuid NOT NULL,
  usado_em timestamptz(3) NOT NULL,
  CONSTRAINT token_usado_sessao_id_fkey FOREIGN KEY (sessao_id)
    REFERENCES sessao (id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX token_usado_sessao_id_idx ON token_usado (sessao_id);

CREATE TABLE revogacao (
  id uuid PRIMARY KEY,
  sessao_id uuid,
  usuario_id uuid,
  -- Where alone the person's tokens are refused; null is everywhere.
  organizacao_id uuid,
  desde timestamptz(3) NOT NULL,
  registrada_em timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  CHECK (num_nonnulls(sessao_id, usuario_id) = 1),
  CHECK (organizacao_id IS NULL OR usuario_id IS NOT NULL)
);
CREATE INDEX revogacao_registrada_em_idx ON revogacao (registrada_em);

ALTER TABLE token_usado ENABLE ROW LEVEL SECURITY;
ALTER TABLE token_usado FORCE ROW LEVEL SECURITY;
ALTER TABLE revogacao ENABLE ROW LEVEL SECURITY;
ALTER TABLE revogacao FORCE ROW LEVEL SECURITY;

CREATE POLICY identidade_le ON token_usado FOR SELECT TO teia_identidade USING (true);
CREATE POLICY identidade_cria ON token_usado FOR INSERT TO teia_identidade WITH CHECK (true);
GRANT SELECT, INSERT ON token_usado TO teia_identidade;
GRANT UPDATE (ip, user_agent) ON sessao TO teia_identidade;

CREATE POLICY identidade_le ON revogacao FOR SELECT TO teia_identidade USING (true);
CREATE POLICY identidade_cria ON revogacao FOR INSERT TO teia_identidade WITH CHECK (true);
-- When an entry was registered is for the database's clock to say.
GRANT SELECT, INSERT (id, sessao_id, usuario_id, organizacao_id, desde) ON revogacao TO teia_identidade;
-- Rights also change by events of other domains, which are handled in the scope of their organization. What happens
-- there keeps nobody from working elsewhere, and an entry of the distant future would keep somebody out for good.
CREATE POLICY inquilino_cria ON revogacao FOR INSERT TO teia_aplicacao WITH CHECK (
  organizacao_id = teia.organizacao_atual()
  AND usuario_id IN (SELECT membro.usuario_id FROM membro WHERE membro.organizacao_id = teia.organizacao_atual())
  AND desde < now() + interval '1 minute'
);
GRANT INSERT (id, usuario_id, organizacao_id, desde) ON revogacao TO teia_aplicacao;

-- People change their passwords, leave for good, and see in which organizations they are signed in.
CREATE POLICY identidade_altera ON usuario FOR UPDATE TO teia_identidade USING (true);
GRANT UPDATE (senha_hash, ativo) ON usuario TO teia_identidade;
GRANT SELECT (nome) ON organizacao TO teia_identidade;

-- A session is kept for 30 days after its end, for those who ask what happened. An entry is kept until the last access
-- token that it could refuse, of 15 minutes and 30 s of clock skew, has expired by any clock of ours.
CREATE POLICY limpeza_le ON sessao FOR SELECT TO teia_limpeza USING (expira_em < now() - interval '30 days');
CREATE POLICY limpeza_apaga ON sessao FOR DELETE TO teia_limpeza USING (expira_em < now() - interval '30 days');
GRANT SELECT (expira_em), DELETE ON sessao TO teia_limpeza;
CREATE POLICY limpeza_le ON revogacao FOR SELECT TO teia_limpeza
  USING (greatest(registrada_em, desde) < now() - interval '20 minutes');
CREATE POLICY limpeza_apaga ON revogacao FOR DELETE TO teia_limpeza
  USING (greatest(registrada_em, desde) < now() - interval '20 minutes');
GRANT SELECT (registrada_em), DELETE ON revogacao TO teia_limpeza;
