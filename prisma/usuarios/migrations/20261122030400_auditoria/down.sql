DROP TABLE selo_auditoria, trilha, auditoria;
DROP FUNCTION teia.numerar_registro();
