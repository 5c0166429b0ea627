-- What people may do: perfis of each organization, what the custom ones grant, and who has which.

-- A table has a type of its name, too.
ALTER TYPE perfil RENAME TO perfil_de_membro;

CREATE TABLE perfil (
  id uuid PRIMARY KEY,
  organizacao_id uuid NOT NULL,
  nome text NOT NULL,
  chave text NOT NULL,
  embutido text,
  versao integer NOT NULL,
  criado_em timestamptz(3) NOT NULL,
  CONSTRAINT perfil_organizacao_id_fkey FOREIGN KEY (organizacao_id)
    REFERENCES organizacao (id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX perfil_organizacao_id_id_key ON perfil (organizacao_id, id);
CREATE UNIQUE INDEX perfil_organizacao_id_chave_key ON perfil (organizacao_id, chave);
CREATE UNIQUE INDEX perfil_organizacao_id_embutido_key ON perfil (organizacao_id, embutido);

CREATE TABLE concessao (
  organizacao_id uuid NOT NULL,
  perfil_id uuid NOT NULL,
  permissao text NOT NULL,
  alcance text NOT NULL CHECK (alcance IN ('PROPRIOS', 'EQUIPE', 'TODOS')),
  PRIMARY KEY (organizacao_id, perfil_id, permissao),
  CONSTRAINT concessao_organizacao_id_perfil_id_fkey FOREIGN KEY (organizacao_id, perfil_id)
    REFERENCES perfil (organizacao_id, id) ON DELETE CASCADE ON UPDATE CASCADE
);

ALTER TABLE membro ADD COLUMN versao integer NOT NULL DEFAULT 1;
ALTER TABLE membro ALTER COLUMN versao DROP DEFAULT;
CREATE UNIQUE INDEX membro_organizacao_id_id_key ON membro (organizacao_id, id);
CREATE INDEX membro_organizacao_id_criado_em_id_idx ON membro (organizacao_id, criado_em, id);

CREATE TABLE membro_perfil (
  organizacao_id uuid NOT NULL,
  membro_id uuid NOT NULL,
  perfil_id uuid NOT NULL,
  PRIMARY KEY (organizacao_id, membro_id, perfil_id),
  CONSTRAINT membro_perfil_organizacao_id_membro_id_fkey FOREIGN KEY (organizacao_id, membro_id)
    REFERENCES membro (organizacao_id, id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT membro_perfil_organizacao_id_perfil_id_fkey FOREIGN KEY (organizacao_id, perfil_id)
    REFERENCES perfil (organizacao_id, id) ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX membro_perfil_organizacao_id_perfil_id_idx ON membro_perfil (organizacao_id, perfil_id);

-- Every organization has the built-in perfis, and whoever belonged to one so far administered it.
ALTER TABLE organizacao NO FORCE ROW LEVEL SECURITY;
ALTER TABLE membro NO FORCE ROW LEVEL SECURITY;
INSERT INTO perfil (id, organizacao_id, nome, chave, embutido, versao, criado_em)
SELECT uuidv7(), o.id, p.nome, lower(p.nome), p.embutido, 1, o.criada_em
FROM organizacao o
CROSS JOIN (VALUES
  ('ADMINISTRADOR', 'Administrador'), ('GERENTE', 'Gerente'), ('VENDEDOR', 'Vendedor'),
  ('ATENDENTE', 'Atendente'), ('FINANCEIRO', 'Financeiro'), ('LEITURA', 'Leitura')
) AS p (embutido, nome);
INSERT INTO membro_perfil (organizacao_id, membro_id, perfil_id)
SELECT m.organizacao_id, m.id, p.id
FROM membro m JOIN perfil p ON p.organizacao_id = m.organizacao_id AND p.embutido = m.perfil::text;
ALTER TABLE organizacao FORCE ROW LEVEL SECURITY;
ALTER TABLE membro FORCE ROW LEVEL SECURITY;
ALTER TABLE membro DROP COLUMN perfil;
DROP TYPE perfil_de_membro;

SELECT teia.proteger('perfil');
SELECT teia.proteger('concessao');
SELECT teia.proteger('membro_perfil');
-- Who may do what is decided in the scope of identity alone: what runs in an organization's scope, and forgets to ask,
-- grants nothing. It is no wall against SQL that somebody smuggles in: the application's login may take either role.
REVOKE INSERT, UPDATE, DELETE ON perfil, concessao, membro_perfil FROM teia_aplicacao;

-- Identity reads what a person may do before any organization is known, and changes it in the one in its scope.
CREATE POLICY identidade_le ON perfil FOR SELECT TO teia_identidade USING (true);
CREATE POLICY identidade_le ON concessao FOR SELECT TO teia_identidade USING (true);
CREATE POLICY identidade_le ON membro_perfil FOR SELECT TO teia_identidade USING (true);
CREATE POLICY identidade_cria ON perfil FOR INSERT TO teia_identidade
  WITH CHECK (organizacao_id = teia.organizacao_atual());
CREATE POLICY identidade_cria ON concessao FOR INSERT TO teia_identidade
  WITH CHECK (organizacao_id = teia.organizacao_atual());
CREATE POLICY identidade_cria ON membro_perfil FOR INSERT TO teia_identidade
  WITH CHECK (organizacao_id = teia.organizacao_atual());
CREATE POLICY identidade_altera ON perfil FOR UPDATE TO teia_identidade
  USING (organizacao_id = teia.organizacao_atual());
CREATE POLICY identidade_altera ON membro FOR UPDATE TO teia_identidade
  USING (organizacao_id = teia.organizacao_atual());
CREATE POLICY identidade_apaga ON perfil FOR DELETE TO teia_identidade
  USING (organizacao_id = teia.organizacao_atual());
CREATE POLICY identidade_apaga ON concessao FOR DELETE TO teia_identidade
  USING (organizacao_id = teia.organizacao_atual());
CREATE POLICY identidade_apaga ON membro_perfil FOR DELETE TO teia_identidade
  USING (organizacao_id = teia.organizacao_atual());
GRANT SELECT, INSERT, DELETE, UPDATE (nome, chave, versao) ON perfil TO teia_identidade;
GRANT SELECT, INSERT, DELETE ON concessao, membro_perfil TO teia_identidade;
GRANT UPDATE (ativo, versao) ON membro TO teia_identidade;

-- To lock a row is a right to update it, in PostgreSQL: this policy lets rows be locked and nothing be written.
CREATE POLICY identidade_trava ON organizacao FOR UPDATE TO teia_identidade USING (true) WITH CHECK (false);
GRANT UPDATE (nome) ON organizacao TO teia_identidade;

-- A token says in which equipes its bearer is. When that changes, the application holds whoever it concerns, so that no
-- token that says otherwise is made meanwhile.
CREATE POLICY identidade_le ON teia.equipe_membro FOR SELECT TO teia_identidade USING (true);
GRANT SELECT ON teia.equipe_membro TO teia_identidade;
CREATE INDEX equipe_membro_usuario_idx ON teia.equipe_membro (organizacao_id, usuario_id);
CREATE POLICY so_trava ON membro AS RESTRICTIVE FOR UPDATE TO teia_aplicacao USING (true) WITH CHECK (false);
GRANT UPDATE (versao) ON membro TO teia_aplicacao;
