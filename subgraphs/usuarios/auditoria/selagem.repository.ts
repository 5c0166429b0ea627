import type { Prisma } from '../../../prisma/usuarios/client/client';

/** What is known of all organizations, to those who seal their audit trails. */
export const createSelagemRepository = (db: Prisma.TransactionClient) => ({
  /** Organizations with records that no seal covers. */
  organizacoesPorSelar: async (): Promise<string[]> => {
    const rows = await db.$queryRaw<{ id: string }[]>`
      SELECT t.organizacao_id AS id FROM trilha t
      WHERE t.ultimo_numero > coalesce((
        SELECT s.ultimo_numero FROM selo_auditoria s WHERE s.organizacao_id = t.organizacao_id
        ORDER BY s.numero DESC LIMIT 1
      ), 0)`;
    return rows.map(({ id }) => id);
  },
});

export type SelagemRepository = ReturnType<typeof createSelagemRepository>;
