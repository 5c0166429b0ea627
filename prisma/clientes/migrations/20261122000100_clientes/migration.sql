CREATE TYPE tipo_pessoa AS ENUM ('FISICA', 'JURIDICA');

CREATE TABLE cliente (
  id uuid PRIMARY KEY,
  organizacao_id uuid NOT NULL,
  tipo tipo_pessoa NOT NULL,
  nome text NOT NULL,
  nome_ordem text COLLATE "C" NOT NULL,
  documento text,
  emails text[] NOT NULL,
  telefones text[] NOT NULL,
  data_nascimento date,
  responsavel_id uuid,
  ativo boolean NOT NULL,
  versao integer NOT NULL,
  criado_em timestamptz(3) NOT NULL,
  atualizado_em timestamptz(3) NOT NULL
);
-- The target of foreign keys that carry the organization: no row can point into another one.
CREATE UNIQUE INDEX cliente_organizacao_id_id_key ON cliente (organizacao_id, id);
CREATE UNIQUE INDEX cliente_organizacao_id_documento_key ON cliente (organizacao_id, documento);
CREATE INDEX cliente_organizacao_id_ativo_nome_ordem_id_idx ON cliente (organizacao_id, ativo, nome_ordem, id);
CREATE INDEX cliente_organizacao_id_ativo_criado_em_id_idx ON cliente (organizacao_id, ativo, criado_em, id);
CREATE INDEX cliente_organizacao_id_ativo_atualizado_em_id_idx ON cliente (organizacao_id, ativo, atualizado_em, id);
CREATE INDEX cliente_organizacao_id_responsavel_id_ativo_nome_ordem_id_idx
  ON cliente (organizacao_id, responsavel_id, ativo, nome_ordem, id);

CREATE TABLE endereco (
  id uuid PRIMARY KEY,
  organizacao_id uuid NOT NULL,
  cliente_id uuid NOT NULL,
  rotulo text,
  logradouro text NOT NULL,
  numero text,
  complemento text,
  bairro text,
  cidade text NOT NULL,
  uf text NOT NULL,
  cep text NOT NULL,
  versao integer NOT NULL,
  CONSTRAINT endereco_organizacao_id_cliente_id_fkey FOREIGN KEY (organizacao_id, cliente_id)
    REFERENCES cliente (organizacao_id, id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX endereco_organizacao_id_cliente_id_id_idx ON endereco (organizacao_id, cliente_id, id);

CREATE TABLE nota (
  id uuid PRIMARY KEY,
  organizacao_id uuid NOT NULL,
  cliente_id uuid NOT NULL,
  texto text NOT NULL,
  autor_id uuid NOT NULL,
  versao integer NOT NULL,
  criado_em timestamptz(3) NOT NULL,
  atualizado_em timestamptz(3) NOT NULL,
  CONSTRAINT nota_organizacao_id_cliente_id_fkey FOREIGN KEY (organizacao_id, cliente_id)
    REFERENCES cliente (organizacao_id, id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX nota_organizacao_id_cliente_id_criado_em_id_idx ON nota (organizacao_id, cliente_id, criado_em, id);

CREATE TABLE etiqueta (
  organizacao_id uuid NOT NULL,
  cliente_id uuid NOT NULL,
  chave text COLLATE "C" NOT NULL,
  nome text NOT NULL,
  PRIMARY KEY (organizacao_id, cliente_id, chave),
  CONSTRAINT etiqueta_organizacao_id_cliente_id_fkey FOREIGN KEY (organizacao_id, cliente_id)
    REFERENCES cliente (organizacao_id, id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX etiqueta_organizacao_id_chave_cliente_id_idx ON etiqueta (organizacao_id, chave, cliente_id);

CREATE TABLE termo_busca (
  organizacao_id uuid NOT NULL,
  termo text COLLATE "C" NOT NULL,
  cliente_id uuid NOT NULL,
  PRIMARY KEY (organizacao_id, termo, cliente_id),
  CONSTRAINT termo_busca_organizacao_id_cliente_id_fkey FOREIGN KEY (organizacao_id, cliente_id)
    REFERENCES cliente (organizacao_id, id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX termo_busca_organizacao_id_cliente_id_idx ON termo_busca (organizacao_id, cliente_id);
-- How rare a search's words are decides where its plan starts.
ALTER TABLE termo_busca ALTER COLUMN termo SET STATISTICS 1000;

SELECT teia.proteger('cliente');
SELECT teia.proteger('endereco');
SELECT teia.proteger('nota');
SELECT teia.proteger('etiqueta');
SELECT teia.proteger('termo_busca');
