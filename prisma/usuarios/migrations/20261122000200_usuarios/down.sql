DROP POLICY identidade ON teia.agregado;
DROP POLICY identidade ON teia.outbox;
DROP POLICY identidade ON teia.auditoria;
-- Takes what was granted on single columns with it.
REVOKE ALL ON teia.agregado, teia.outbox, teia.auditoria FROM teia_identidade;
DROP TABLE sessao, membro, organizacao, usuario;
DROP TYPE perfil;
