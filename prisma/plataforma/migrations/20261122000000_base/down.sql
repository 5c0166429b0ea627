REVOKE SELECT ON public._prisma_migrations FROM teia_aplicacao;
DROP SCHEMA teia CASCADE;
