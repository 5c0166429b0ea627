DROP TABLE confirmacao, convite_perfil, convite;
