DROP TABLE contexto, membro_da_equipe, equipe, unidade, configuracao;
