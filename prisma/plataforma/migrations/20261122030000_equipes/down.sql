DROP TABLE teia.equipe_membro;
