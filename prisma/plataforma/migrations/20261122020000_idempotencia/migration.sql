-- The error that a mutation was refused with, to be answered again: never a value that somebody typed.
ALTER TABLE teia.idempotencia ADD COLUMN erro jsonb;

-- A key lives for 24 hours by the clock of who uses it. An hour later, whatever that clock shows, it is gone.
CREATE POLICY limpeza_le ON teia.idempotencia FOR SELECT TO teia_limpeza
  USING (criado_em < now() - interval '25 hours');
CREATE POLICY limpeza_apaga ON teia.idempotencia FOR DELETE TO teia_limpeza
  USING (criado_em < now() - interval '25 hours');
GRANT USAGE ON SCHEMA teia TO teia_limpeza;
GRANT SELECT (criado_em), DELETE ON teia.idempotencia TO teia_limpeza;
