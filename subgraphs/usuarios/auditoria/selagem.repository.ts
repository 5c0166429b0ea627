import type { Prisma } from '../../../prisma/usuarios/client/client';

export type TrilhaPorSelar = {
  readonly organizacaoId: string;
  /** The last number given to a record. */
  readonly ultimoNumero: bigint;
};

/** What is known of all organizations, to those who seal their audit trails. */
export const createSelagemRepository = (db: Prisma.TransactionClient) => ({
  /** The trails with records that no seal covers. */
  trilhasPorSelar: (): Promise<TrilhaPorSelar[]> =>
    db.$queryRaw<TrilhaPorSelar[]>`
      SELECT t.organizacao_id AS "organizacaoId", t.ultimo_numero AS "ultimoNumero" FROM trilha t
      WHERE t.ultimo_numero > coalesce((
        SELECT s.ultimo_numero FROM selo_auditoria s WHERE s.organizacao_id = t.organizacao_id
        ORDER BY s.numero DESC LIMIT 1
      ), 0)`,
});

export type SelagemRepository = ReturnType<typeof createSelagemRepository>;
