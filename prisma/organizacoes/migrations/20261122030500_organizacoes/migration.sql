CREATE TABLE configuracao (
  organizacao_id uuid PRIMARY KEY,
  segmento text NOT NULL CHECK (segmento IN ('CLINICA', 'LOJA', 'SERVICOS')),
  fuso_horario text NOT NULL,
  moeda text NOT NULL,
  primeiro_dia_da_semana text NOT NULL,
  dias_uteis text[] NOT NULL,
  versao integer NOT NULL CHECK (versao > 0)
);

CREATE TABLE unidade (
  id uuid PRIMARY KEY,
  organizacao_id uuid NOT NULL,
  nome text NOT NULL,
  telefone text,
  logradouro text,
  numero text,
  complemento text,
  bairro text,
  cidade text,
  uf text,
  cep text,
  ativo boolean NOT NULL,
  versao integer NOT NULL,
  -- An address is there as a whole or not at all.
  CHECK (num_nulls(logradouro, cidade, uf, cep) = 0
    OR num_nonnulls(logradouro, numero, complemento, bairro, cidade, uf, cep) = 0)
);
CREATE INDEX unidade_organizacao_id_idx ON unidade (organizacao_id);

CREATE TABLE equipe (
  id uuid PRIMARY KEY,
  organizacao_id uuid NOT NULL,
  nome text NOT NULL,
  ativo boolean NOT NULL,
  versao integer NOT NULL
);
-- The target of the foreign key that carries the organization: nobody is put into another one's equipe.
CREATE UNIQUE INDEX equipe_organizacao_id_id_key ON equipe (organizacao_id, id);

CREATE TABLE membro_da_equipe (
  organizacao_id uuid NOT NULL,
  equipe_id uuid NOT NULL,
  usuario_id uuid NOT NULL,
  PRIMARY KEY (organizacao_id, equipe_id, usuario_id),
  CONSTRAINT membro_da_equipe_organizacao_id_equipe_id_fkey FOREIGN KEY (organizacao_id, equipe_id)
    REFERENCES equipe (organizacao_id, id) ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE contexto (
  id uuid PRIMARY KEY,
  organizacao_id uuid NOT NULL,
  versao integer NOT NULL CHECK (versao > 0),
  segmento text NOT NULL CHECK (segmento IN ('CLINICA', 'LOJA', 'SERVICOS')),
  versao_do_modelo integer NOT NULL,
  documento jsonb NOT NULL,
  autor_id uuid NOT NULL,
  atualizado_em timestamptz(3) NOT NULL
);
CREATE UNIQUE INDEX contexto_organizacao_id_versao_key ON contexto (organizacao_id, versao);
CREATE INDEX contexto_organizacao_id_atualizado_em_id_idx ON contexto (organizacao_id, atualizado_em, id);

SELECT teia.proteger('configuracao');
SELECT teia.proteger('unidade');
SELECT teia.proteger('equipe');
SELECT teia.proteger('membro_da_equipe');
SELECT teia.proteger('contexto');

-- What was told stays as it was told.
REVOKE UPDATE, DELETE ON contexto FROM teia_aplicacao;
REVOKE DELETE ON configuracao, unidade, equipe FROM teia_aplicacao;
