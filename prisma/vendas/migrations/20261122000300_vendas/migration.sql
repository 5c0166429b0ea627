CREATE TYPE tipo_historico AS ENUM (
  'CRIADA', 'MOVIDA', 'GANHA', 'PERDIDA', 'REABERTA', 'EDITADA', 'EXCLUIDA', 'REATIVADA'
);

CREATE TABLE funil (
  id uuid PRIMARY KEY,
  organizacao_id uuid NOT NULL,
  nome text NOT NULL,
  ativo boolean NOT NULL,
  versao integer NOT NULL,
  criado_em timestamptz(3) NOT NULL
);
-- The targets of foreign keys that carry the organization: no row can point into another one.
CREATE UNIQUE INDEX funil_organizacao_id_id_key ON funil (organizacao_id, id);

CREATE TABLE etapa_funil (
  id uuid PRIMARY KEY,
  organizacao_id uuid NOT NULL,
  funil_id uuid NOT NULL,
  nome text NOT NULL,
  posicao integer NOT NULL,
  probabilidade integer NOT NULL CHECK (probabilidade BETWEEN 0 AND 100),
  ativo boolean NOT NULL,
  versao integer NOT NULL,
  CONSTRAINT etapa_funil_organizacao_id_funil_id_fkey FOREIGN KEY (organizacao_id, funil_id)
    REFERENCES funil (organizacao_id, id) ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX etapa_funil_organizacao_id_id_key ON etapa_funil (organizacao_id, id);
CREATE UNIQUE INDEX etapa_funil_organizacao_id_funil_id_id_key ON etapa_funil (organizacao_id, funil_id, id);

CREATE TABLE motivo_perda (
  id uuid PRIMARY KEY,
  organizacao_id uuid NOT NULL,
  nome text NOT NULL,
  ativo boolean NOT NULL,
  versao integer NOT NULL
);
CREATE UNIQUE INDEX motivo_perda_organizacao_id_id_key ON motivo_perda (organizacao_id, id);

CREATE TABLE oportunidade (
  id uuid PRIMARY KEY,
  organizacao_id uuid NOT NULL,
  titulo text NOT NULL,
  cliente_id uuid NOT NULL,
  funil_id uuid NOT NULL,
  etapa_id uuid NOT NULL,
  posicao text COLLATE "C",
  valor_centavos bigint NOT NULL CHECK (valor_centavos >= 0),
  moeda text NOT NULL,
  -- Not an enum: the equality of enums is not leakproof, and row-level security keeps it away from indexes.
  situacao text NOT NULL CHECK (situacao IN ('ABERTA', 'GANHA', 'PERDIDA')),
  responsavel_id uuid,
  motivo_perda_id uuid,
  observacao_perda text,
  previsao_fechamento date,
  encerrada_em timestamptz(3),
  ativo boolean NOT NULL,
  versao integer NOT NULL,
  criado_em timestamptz(3) NOT NULL,
  atualizado_em timestamptz(3) NOT NULL,
  CHECK ((posicao IS NOT NULL) = (situacao = 'ABERTA' AND ativo)),
  CHECK ((encerrada_em IS NULL) = (situacao = 'ABERTA')),
  CHECK ((motivo_perda_id IS NOT NULL) = (situacao = 'PERDIDA')),
  -- With the funil in it, an Oportunidade cannot end in a stage of another one.
  CONSTRAINT oportunidade_organizacao_id_funil_id_etapa_id_fkey FOREIGN KEY (organizacao_id, funil_id, etapa_id)
    REFERENCES etapa_funil (organizacao_id, funil_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT oportunidade_organizacao_id_motivo_perda_id_fkey FOREIGN KEY (organizacao_id, motivo_perda_id)
    REFERENCES motivo_perda (organizacao_id, id) ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX oportunidade_organizacao_id_id_key ON oportunidade (organizacao_id, id);
CREATE UNIQUE INDEX oportunidade_organizacao_id_etapa_id_posicao_key ON oportunidade (organizacao_id, etapa_id, posicao);
-- Each filter on its own is the start of an index range in the order of the list.
CREATE INDEX oportunidade_organizacao_id_ativo_criado_em_id_idx
  ON oportunidade (organizacao_id, ativo, criado_em, id);
CREATE INDEX oportunidade_organizacao_id_situacao_ativo_criado_em_id_idx
  ON oportunidade (organizacao_id, situacao, ativo, criado_em, id);
CREATE INDEX oportunidade_organizacao_id_funil_id_ativo_criado_em_id_idx
  ON oportunidade (organizacao_id, funil_id, ativo, criado_em, id);
CREATE INDEX oportunidade_organizacao_id_etapa_id_ativo_criado_em_id_idx
  ON oportunidade (organizacao_id, etapa_id, ativo, criado_em, id);
CREATE INDEX oportunidade_organizacao_id_cliente_id_ativo_criado_em_id_idx
  ON oportunidade (organizacao_id, cliente_id, ativo, criado_em, id);
CREATE INDEX oportunidade_organizacao_id_responsavel_id_ativo_criado_em_idx
  ON oportunidade (organizacao_id, responsavel_id, ativo, criado_em, id);

CREATE TABLE historico_oportunidade (
  id uuid PRIMARY KEY,
  organizacao_id uuid NOT NULL,
  oportunidade_id uuid NOT NULL,
  tipo tipo_historico NOT NULL,
  de_etapa_id uuid,
  para_etapa_id uuid NOT NULL,
  usuario_id uuid NOT NULL,
  em timestamptz(3) NOT NULL,
  CONSTRAINT historico_oportunidade_organizacao_id_oportunidade_id_fkey FOREIGN KEY (organizacao_id, oportunidade_id)
    REFERENCES oportunidade (organizacao_id, id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT historico_oportunidade_organizacao_id_de_etapa_id_fkey FOREIGN KEY (organizacao_id, de_etapa_id)
    REFERENCES etapa_funil (organizacao_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT historico_oportunidade_organizacao_id_para_etapa_id_fkey FOREIGN KEY (organizacao_id, para_etapa_id)
    REFERENCES etapa_funil (organizacao_id, id) ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX historico_oportunidade_organizacao_id_oportunidade_id_em_id_idx
  ON historico_oportunidade (organizacao_id, oportunidade_id, em, id);

SELECT teia.proteger('funil');
SELECT teia.proteger('etapa_funil');
SELECT teia.proteger('motivo_perda');
SELECT teia.proteger('oportunidade');
SELECT teia.proteger('historico_oportunidade');
