-- Where the cards begin that somebody owns in an etapa: a board is what who sees only their own look at most.
CREATE INDEX oportunidade_organizacao_id_responsavel_id_etapa_id_posica_idx
  ON oportunidade (organizacao_id, responsavel_id, etapa_id, posicao);
