REVOKE UPDATE (versao) ON membro FROM teia_aplicacao;
DROP POLICY so_trava ON membro;
DROP INDEX teia.equipe_membro_usuario_idx;
REVOKE SELECT ON teia.equipe_membro FROM teia_identidade;
DROP POLICY identidade_le ON teia.equipe_membro;
DROP POLICY identidade_trava ON organizacao;
DROP POLICY identidade_altera ON membro;
REVOKE UPDATE (nome) ON organizacao FROM teia_identidade;
REVOKE UPDATE (ativo, versao) ON membro FROM teia_identidade;

-- Whoever belongs to an organization administers it, from here on: so those who may not are kept out.
CREATE TYPE perfil_de_membro AS ENUM ('ADMINISTRADOR');
ALTER TABLE membro ADD COLUMN perfil perfil_de_membro NOT NULL DEFAULT 'ADMINISTRADOR';
ALTER TABLE membro ALTER COLUMN perfil DROP DEFAULT;
ALTER TABLE membro NO FORCE ROW LEVEL SECURITY;
ALTER TABLE perfil NO FORCE ROW LEVEL SECURITY;
ALTER TABLE membro_perfil NO FORCE ROW LEVEL SECURITY;
UPDATE membro SET ativo = false WHERE NOT EXISTS (
  SELECT FROM membro_perfil mp JOIN perfil p ON p.id = mp.perfil_id
  WHERE mp.membro_id = membro.id AND p.embutido = 'ADMINISTRADOR'
);
ALTER TABLE membro FORCE ROW LEVEL SECURITY;

DROP TABLE membro_perfil, concessao, perfil;
ALTER TYPE perfil_de_membro RENAME TO perfil;
DROP INDEX membro_organizacao_id_criado_em_id_idx;
DROP INDEX membro_organizacao_id_id_key;
ALTER TABLE membro DROP COLUMN versao;
