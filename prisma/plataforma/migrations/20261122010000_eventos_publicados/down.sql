DROP TRIGGER avisar ON teia.outbox;
DROP FUNCTION teia.avisar_outbox();
DROP TABLE teia.entrega;
DROP INDEX teia.outbox_agregado_tipo_transacao_id_idx;
CREATE INDEX ON teia.outbox (transacao, id);
ALTER TABLE teia.outbox DROP CONSTRAINT outbox_legivel;
DROP POLICY eventos ON teia.outbox;
REVOKE SELECT ON teia.outbox FROM teia_eventos;
REVOKE USAGE ON SCHEMA teia FROM teia_eventos;
