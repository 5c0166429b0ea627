-- Terms that only the document has: who may not see a document must not find its Cliente by it.
ALTER TABLE termo_busca ADD COLUMN do_documento boolean NOT NULL DEFAULT false;
-- Its owner has to see the rows of all organizations while this runs.
ALTER TABLE cliente NO FORCE ROW LEVEL SECURITY;
ALTER TABLE termo_busca NO FORCE ROW LEVEL SECURITY;
-- A telephone or an e-mail may begin with the same digits: until the Cliente is written again, they count as the document.
UPDATE termo_busca t SET do_documento = true
FROM cliente c
WHERE t.organizacao_id = c.organizacao_id AND t.cliente_id = c.id AND t.termo = lower(c.documento);
ALTER TABLE termo_busca FORCE ROW LEVEL SECURITY;
ALTER TABLE cliente FORCE ROW LEVEL SECURITY;
ALTER TABLE termo_busca ALTER COLUMN do_documento DROP DEFAULT;

-- Where the pages of who sees only their own, or their equipe's, begin: the order by name has one already.
CREATE INDEX cliente_organizacao_id_responsavel_id_ativo_criado_em_id_idx
  ON cliente (organizacao_id, responsavel_id, ativo, criado_em, id);
CREATE INDEX cliente_organizacao_id_responsavel_id_ativo_atualizado_em__idx
  ON cliente (organizacao_id, responsavel_id, ativo, atualizado_em, id);
