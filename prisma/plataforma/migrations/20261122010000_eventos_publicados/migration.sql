-- How the events of the outbox leave this database: who may read them, and how far each consumer was given them.

GRANT USAGE ON SCHEMA teia TO teia_eventos;
GRANT SELECT ON teia.outbox TO teia_eventos;
CREATE POLICY eventos ON teia.outbox FOR SELECT TO teia_eventos USING (true);

-- Longer ones, or an empty one, a consumer would not read. A byte is never more than one character, however that is counted.
ALTER TABLE teia.outbox ADD CONSTRAINT outbox_legivel CHECK (octet_length(correlation_id) BETWEEN 1 AND 500
  AND octet_length(causation_id) <= 500 AND octet_length(traceparent) <= 500);

-- A consumer reads the events of one kind of aggregate at a time, in the order in which they became visible.
DROP INDEX teia.outbox_transacao_id_idx;
CREATE INDEX ON teia.outbox (agregado_tipo, transacao, id);

-- The last event given to a consumer's queue, of each kind of aggregate.
CREATE TABLE teia.entrega (
  destino text NOT NULL,
  agregado_tipo text NOT NULL,
  transacao xid8 NOT NULL,
  evento_id uuid NOT NULL,
  PRIMARY KEY (destino, agregado_tipo)
);
ALTER TABLE teia.entrega ENABLE ROW LEVEL SECURITY;
ALTER TABLE teia.entrega FORCE ROW LEVEL SECURITY;
CREATE POLICY eventos ON teia.entrega TO teia_eventos USING (true);
GRANT SELECT, INSERT, UPDATE ON teia.entrega TO teia_eventos;

-- PostgreSQL commits transactions that notify one after the other, each waiting for the disk by itself, in all databases
-- together. So one at a time does: who is notified looks again until those who left it out have ended.
CREATE FUNCTION teia.avisar_outbox() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  -- 'teia' in ASCII, and the seventh use of it.
  IF pg_try_advisory_xact_lock(1952803169, 7) THEN
    PERFORM pg_notify('teia_outbox', '');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER avisar AFTER INSERT ON teia.outbox
FOR EACH STATEMENT EXECUTE FUNCTION teia.avisar_outbox();
