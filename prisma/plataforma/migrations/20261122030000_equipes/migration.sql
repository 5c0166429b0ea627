-- Who is in which equipe, as far as events told: every domain has to know whose things somebody's reach takes in.
CREATE TABLE teia.equipe_membro (
  organizacao_id uuid NOT NULL,
  equipe_id uuid NOT NULL,
  usuario_id uuid NOT NULL,
  PRIMARY KEY (organizacao_id, equipe_id, usuario_id)
);
SELECT teia.proteger('teia.equipe_membro');
