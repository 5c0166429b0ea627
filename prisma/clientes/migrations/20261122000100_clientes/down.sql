DROP TABLE termo_busca, etiqueta, nota, endereco, cliente;
DROP TYPE tipo_pessoa;
