-- An audit record leaves the domain like its events: it is one, without order, in the outbox.

-- The owner, who moves the rows of all organizations, is bound by FORCE as well.
ALTER TABLE teia.auditoria NO FORCE ROW LEVEL SECURITY;
ALTER TABLE teia.outbox NO FORCE ROW LEVEL SECURITY;
INSERT INTO teia.outbox (id, organizacao_id, tipo, agregado_tipo, agregado_id, sequencia, dados, correlation_id, criado_em)
SELECT id, organizacao_id, 'RegistroDeAuditoria', 'Auditoria', id, 1,
  jsonb_build_object('acao', acao, 'entidade', entidade, 'entidadeId', entidade_id, 'campos', to_jsonb(campos),
    'usuarioId', usuario_id, 'sessaoId', sessao_id, 'ip', host(ip), 'userAgent', user_agent, 'requestId', request_id),
  CASE WHEN octet_length(request_id) BETWEEN 1 AND 500 THEN request_id ELSE id::text END, criado_em
FROM teia.auditoria;
ALTER TABLE teia.outbox FORCE ROW LEVEL SECURITY;

DROP TABLE teia.auditoria;
