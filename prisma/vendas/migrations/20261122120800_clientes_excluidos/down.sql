-- Its owner has to see the rows of all organizations while this runs.
ALTER TABLE oportunidade NO FORCE ROW LEVEL SECURITY;
ALTER TABLE historico_oportunidade NO FORCE ROW LEVEL SECURITY;

-- No Cliente has this id.
UPDATE oportunidade SET cliente_id = '00000000-0000-0000-0000-000000000000' WHERE cliente_id IS NULL;
-- What the system closed becomes what it was before, excluded: open again, it would need a place on a board.
UPDATE oportunidade SET situacao = 'ABERTA', encerrada_em = NULL, ativo = false WHERE situacao = 'CANCELADA';
-- What the system did has no place where every line tells of a person.
DELETE FROM historico_oportunidade WHERE usuario_id IS NULL;

ALTER TABLE historico_oportunidade ALTER COLUMN usuario_id SET NOT NULL;
ALTER TYPE tipo_historico RENAME TO tipo_historico_novo;
CREATE TYPE tipo_historico AS ENUM (
  'CRIADA', 'MOVIDA', 'GANHA', 'PERDIDA', 'REABERTA', 'EDITADA', 'EXCLUIDA', 'REATIVADA'
);
ALTER TABLE historico_oportunidade ALTER COLUMN tipo TYPE tipo_historico USING tipo::text::tipo_historico;
DROP TYPE tipo_historico_novo;

ALTER TABLE oportunidade
  DROP CONSTRAINT oportunidade_aberta_tem_cliente,
  DROP CONSTRAINT oportunidade_situacao_check,
  ADD CONSTRAINT oportunidade_situacao_check CHECK (situacao IN ('ABERTA', 'GANHA', 'PERDIDA')),
  ALTER COLUMN cliente_id SET NOT NULL;

ALTER TABLE oportunidade FORCE ROW LEVEL SECURITY;
ALTER TABLE historico_oportunidade FORCE ROW LEVEL SECURITY;

DROP TABLE cliente;
