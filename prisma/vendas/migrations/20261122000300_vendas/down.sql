DROP TABLE historico_oportunidade, oportunidade, motivo_perda, etapa_funil, funil;
DROP TYPE tipo_historico;
