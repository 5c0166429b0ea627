REVOKE ALL ON sessao FROM teia_limpeza;
DROP POLICY limpeza_apaga ON sessao;
DROP POLICY limpeza_le ON sessao;
REVOKE SELECT (nome) ON organizacao FROM teia_identidade;
REVOKE UPDATE (senha_hash, ativo) ON usuario FROM teia_identidade;
DROP POLICY identidade_altera ON usuario;
DROP TABLE revogacao, token_usado;
DROP INDEX sessao_expira_em_idx, sessao_usuario_id_idx;
ALTER TABLE sessao DROP COLUMN ip, DROP COLUMN user_agent, DROP COLUMN familia_id;
