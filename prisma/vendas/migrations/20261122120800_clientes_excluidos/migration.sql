-- What sales has to know of another domain's Cliente. It has no foreign key from oportunidade: an
-- Oportunidade may be written before the event that tells of its Cliente arrives.
CREATE TABLE cliente (
  id uuid NOT NULL,
  organizacao_id uuid NOT NULL,
  ativo boolean NOT NULL,
  sequencia bigint NOT NULL,
  -- The organization first: nobody can take the place of another's Cliente by naming its id.
  PRIMARY KEY (organizacao_id, id)
);
SELECT teia.proteger('cliente');
-- Forgetting an erased Cliente would let a late Oportunidade be opened for it.
REVOKE DELETE ON cliente FROM teia_aplicacao;

ALTER TABLE oportunidade
  ALTER COLUMN cliente_id DROP NOT NULL,
  DROP CONSTRAINT oportunidade_situacao_check,
  ADD CONSTRAINT oportunidade_situacao_check
    CHECK (situacao IN ('ABERTA', 'GANHA', 'PERDIDA', 'CANCELADA')),
  ADD CONSTRAINT oportunidade_aberta_tem_cliente CHECK (situacao <> 'ABERTA' OR cliente_id IS NOT NULL);

ALTER TYPE tipo_historico ADD VALUE 'CANCELADA';
ALTER TYPE tipo_historico ADD VALUE 'DESVINCULADA';
ALTER TABLE historico_oportunidade ALTER COLUMN usuario_id DROP NOT NULL;
