-- What other domains' events did here: how far each of their aggregates was followed, and what could not be yet.

-- The last event applied of each aggregate of another domain. Its row lock puts concurrent deliveries in an order.
CREATE TABLE teia.agregado_consumido (
  organizacao_id uuid NOT NULL,
  tipo text NOT NULL,
  id uuid NOT NULL,
  sequencia bigint NOT NULL,
  -- NULL while none was applied.
  evento_id uuid,
  PRIMARY KEY (organizacao_id, tipo, id)
);
SELECT teia.proteger('teia.agregado_consumido');
REVOKE DELETE ON teia.agregado_consumido FROM teia_aplicacao;

-- Events that arrived and took no effect yet.
CREATE TABLE teia.evento_pendente (
  id uuid NOT NULL,
  -- NULL, like the place in an aggregate's order, when the envelope could not be read: then it is nobody's.
  organizacao_id uuid,
  tipo text,
  agregado_tipo text,
  agregado_id uuid,
  sequencia bigint,
  -- JSON, as text: jsonb stores neither U+0000 nor half of a surrogate pair.
  envelope text NOT NULL,
  -- ESPERA: for an earlier event of its aggregate. TENTANDO: failed, and the queue tries again.
  -- MORTO: failed for good. REPROCESSAR: somebody asked for one more round.
  situacao text NOT NULL CHECK (situacao IN ('ESPERA', 'TENTANDO', 'MORTO', 'REPROCESSAR')),
  tentativas integer NOT NULL,
  -- The kind and code of the last failure, never a value.
  erro text,
  criado_em timestamptz(3) NOT NULL,
  atualizado_em timestamptz(3) NOT NULL,
  UNIQUE NULLS NOT DISTINCT (organizacao_id, id)
);
CREATE INDEX ON teia.evento_pendente (organizacao_id, agregado_tipo, agregado_id, sequencia);
CREATE INDEX ON teia.evento_pendente (organizacao_id, criado_em, id) WHERE situacao = 'MORTO';
CREATE INDEX ON teia.evento_pendente (situacao, atualizado_em);
CREATE INDEX ON teia.evento_pendente (tipo) WHERE situacao = 'MORTO' AND erro = 'TIPO_DESCONHECIDO';
SELECT teia.proteger('teia.evento_pendente');

-- The sweeper and the operator see the pending events of all organizations, and may have them delivered again.
CREATE POLICY eventos_le ON teia.agregado_consumido FOR SELECT TO teia_eventos USING (true);
GRANT SELECT ON teia.agregado_consumido TO teia_eventos;
CREATE POLICY eventos_le ON teia.evento_pendente FOR SELECT TO teia_eventos USING (true);
CREATE POLICY eventos_altera ON teia.evento_pendente FOR UPDATE TO teia_eventos USING (true);
CREATE POLICY eventos_cria ON teia.evento_pendente FOR INSERT TO teia_eventos WITH CHECK (organizacao_id IS NULL);
CREATE POLICY eventos_apaga ON teia.evento_pendente FOR DELETE TO teia_eventos USING (organizacao_id IS NULL);
GRANT SELECT, INSERT, DELETE, UPDATE (situacao, tentativas, erro, atualizado_em) ON teia.evento_pendente TO teia_eventos;
