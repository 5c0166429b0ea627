-- Takes what was granted on single columns with it.
REVOKE ALL ON teia.idempotencia FROM teia_identidade;
DROP POLICY identidade ON teia.idempotencia;
