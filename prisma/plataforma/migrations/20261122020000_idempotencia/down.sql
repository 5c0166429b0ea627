-- Takes what was granted on single columns with it.
REVOKE ALL ON teia.idempotencia FROM teia_limpeza;
REVOKE USAGE ON SCHEMA teia FROM teia_limpeza;
DROP POLICY limpeza_apaga ON teia.idempotencia;
DROP POLICY limpeza_le ON teia.idempotencia;

-- A record that lost its error would say that the refused mutation had succeeded.
ALTER TABLE teia.idempotencia NO FORCE ROW LEVEL SECURITY;
DELETE FROM teia.idempotencia WHERE erro IS NOT NULL;
ALTER TABLE teia.idempotencia FORCE ROW LEVEL SECURITY;
ALTER TABLE teia.idempotencia DROP COLUMN erro;
