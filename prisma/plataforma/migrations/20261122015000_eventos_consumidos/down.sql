DROP TABLE teia.evento_pendente;
DROP TABLE teia.agregado_consumido;
