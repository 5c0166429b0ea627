-- What ends in the scope of identity and gives no tokens has one effect for each key, as everything else has.
CREATE POLICY identidade ON teia.idempotencia TO teia_identidade
  USING (organizacao_id = teia.organizacao_atual());
GRANT SELECT, INSERT, UPDATE (operacao, resumo, resultado, erro, criado_em) ON teia.idempotencia
  TO teia_identidade;
