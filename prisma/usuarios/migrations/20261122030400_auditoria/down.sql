DROP TABLE selo_auditoria, trilha, auditoria;
