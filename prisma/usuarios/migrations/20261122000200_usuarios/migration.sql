CREATE TYPE perfil AS ENUM ('ADMINISTRADOR');

CREATE TABLE usuario (
  id uuid PRIMARY KEY,
  nome text NOT NULL,
  email text NOT NULL,
  senha_hash text NOT NULL,
  ativo boolean NOT NULL,
  criado_em timestamptz(3) NOT NULL
);
CREATE UNIQUE INDEX usuario_email_key ON usuario (email);

CREATE TABLE organizacao (
  id uuid PRIMARY KEY,
  nome text NOT NULL,
  criada_em timestamptz(3) NOT NULL
);

CREATE TABLE membro (
  id uuid PRIMARY KEY,
  organizacao_id uuid NOT NULL,
  usuario_id uuid NOT NULL,
  perfil perfil NOT NULL,
  ativo boolean NOT NULL,
  criado_em timestamptz(3) NOT NULL,
  CONSTRAINT membro_organizacao_id_fkey FOREIGN KEY (organizacao_id)
    REFERENCES organizacao (id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT membro_usuario_id_fkey FOREIGN KEY (usuario_id)
    REFERENCES usuario (id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX membro_organizacao_id_usuario_id_key ON membro (organizacao_id, usuario_id);
CREATE INDEX membro_usuario_id_idx ON membro (usuario_id);

CREATE TABLE sessao (
  id uuid PRIMARY KEY,
  organizacao_id uuid NOT NULL,
  usuario_id uuid NOT NULL,
  token_hash text NOT NULL,
  criada_em timestamptz(3) NOT NULL,
  usada_em timestamptz(3) NOT NULL,
  expira_em timestamptz(3) NOT NULL,
  revogada_em timestamptz(3),
  CONSTRAINT sessao_organizacao_id_usuario_id_fkey FOREIGN KEY (organizacao_id, usuario_id)
    REFERENCES membro (organizacao_id, usuario_id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX sessao_token_hash_key ON sessao (token_hash);
CREATE INDEX sessao_organizacao_id_usuario_id_usada_em_idx ON sessao (organizacao_id, usuario_id, usada_em);

SELECT teia.proteger('membro');
-- Who belongs to an organization, and as what, is so far decided by registration alone.
REVOKE INSERT, UPDATE, DELETE ON membro FROM teia_aplicacao;

ALTER TABLE organizacao ENABLE ROW LEVEL SECURITY;
ALTER TABLE organizacao FORCE ROW LEVEL SECURITY;
CREATE POLICY inquilino ON organizacao FOR SELECT TO teia_aplicacao USING (id = teia.organizacao_atual());
GRANT SELECT ON organizacao TO teia_aplicacao;

-- A person who has left stays readable: what they wrote still names them.
ALTER TABLE usuario ENABLE ROW LEVEL SECURITY;
ALTER TABLE usuario FORCE ROW LEVEL SECURITY;
CREATE POLICY inquilino ON usuario FOR SELECT TO teia_aplicacao USING (
  EXISTS (
    SELECT FROM membro WHERE organizacao_id = teia.organizacao_atual() AND usuario_id = usuario.id
  )
);
GRANT SELECT (id, nome, email, ativo, criado_em) ON usuario TO teia_aplicacao;

-- No right at all for the application: a session begins, goes on and ends in the scope of identity.
ALTER TABLE sessao ENABLE ROW LEVEL SECURITY;
ALTER TABLE sessao FORCE ROW LEVEL SECURITY;

-- Identity finds a person by e-mail and a session by token before any organization is known, and adds
-- only to the one organization in its scope.
CREATE POLICY identidade_le ON usuario FOR SELECT TO teia_identidade USING (true);
CREATE POLICY identidade_cria ON usuario FOR INSERT TO teia_identidade WITH CHECK (true);
GRANT SELECT (id, email, senha_hash, ativo), INSERT ON usuario TO teia_identidade;

CREATE POLICY identidade_le ON organizacao FOR SELECT TO teia_identidade USING (true);
CREATE POLICY identidade_cria ON organizacao FOR INSERT TO teia_identidade
  WITH CHECK (id = teia.organizacao_atual());
GRANT SELECT (id), INSERT ON organizacao TO teia_identidade;

CREATE POLICY identidade_le ON membro FOR SELECT TO teia_identidade USING (true);
CREATE POLICY identidade_cria ON membro FOR INSERT TO teia_identidade
  WITH CHECK (organizacao_id = teia.organizacao_atual());
GRANT SELECT, INSERT ON membro TO teia_identidade;

CREATE POLICY identidade_le ON sessao FOR SELECT TO teia_identidade USING (true);
CREATE POLICY identidade_cria ON sessao FOR INSERT TO teia_identidade
  WITH CHECK (organizacao_id = teia.organizacao_atual());
CREATE POLICY identidade_altera ON sessao FOR UPDATE TO teia_identidade USING (true);
GRANT SELECT, INSERT, UPDATE (token_hash, usada_em, revogada_em) ON sessao TO teia_identidade;

CREATE POLICY identidade ON teia.agregado TO teia_identidade
  USING (organizacao_id = teia.organizacao_atual());
CREATE POLICY identidade ON teia.outbox FOR INSERT TO teia_identidade
  WITH CHECK (organizacao_id = teia.organizacao_atual());
CREATE POLICY identidade ON teia.auditoria FOR INSERT TO teia_identidade
  WITH CHECK (organizacao_id = teia.organizacao_atual());
GRANT SELECT, INSERT, UPDATE (sequencia) ON teia.agregado TO teia_identidade;
GRANT INSERT ON teia.outbox, teia.auditoria TO teia_identidade;
