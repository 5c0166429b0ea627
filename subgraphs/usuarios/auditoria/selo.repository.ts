import { Prisma } from '../../../prisma/usuarios/client/client';
import type { SeloGuardado } from './registro';
import { instantText } from './registro.stored';

const { sql } = Prisma;

const columns = sql`organizacao_id AS "organizacaoId", numero, primeiro_numero AS "primeiroNumero",
  ultimo_numero AS "ultimoNumero", resumos, ${instantText('selado_em')} AS "seladoEm", hash`;

/** The seals over the audit trail of one organization. */
export const createSeloRepository = (db: Prisma.TransactionClient, organizacaoId: string) => {
  const find = (rest: Prisma.Sql): Promise<SeloGuardado[]> =>
    db.$queryRaw<SeloGuardado[]>`
      SELECT ${columns} FROM selo_auditoria WHERE organizacao_id = ${organizacaoId}::uuid ${rest}`;

  return {
    ultimo: async (): Promise<SeloGuardado | null> =>
      (await find(sql`ORDER BY numero DESC LIMIT 1`))[0] ?? null,

    porNumero: async (numero: number): Promise<SeloGuardado | null> =>
      (await find(sql`AND numero = ${numero}::int`))[0] ?? null,

    /** In the order of their numbers, so many at most. */
    aPartirDe: (numero: number, limite: number): Promise<SeloGuardado[]> =>
      find(sql`AND numero >= ${numero}::int ORDER BY numero LIMIT ${limite}::int`),

    /** The number of the last seal that begins at or before a record's number. */
    numeroQueCobre: async (numeroDoRegistro: bigint): Promise<number | null> => {
      const [selo] = await db.$queryRaw<{ numero: number }[]>`
        SELECT numero FROM selo_auditoria
        WHERE organizacao_id = ${organizacaoId}::uuid AND primeiro_numero <= ${numeroDoRegistro}::bigint
        ORDER BY primeiro_numero DESC LIMIT 1`;
      return selo?.numero ?? null;
    },

    /** False when somebody else sealed these records at the same moment. */
    inserir: async (selo: SeloGuardado): Promise<boolean> => {
      const { seladoEm, resumos, hash, organizacaoId: _, ...numeros } = selo;
      const { count } = await db.seloAuditoria.createMany({
        data: {
          ...numeros,
          organizacaoId,
          resumos: resumos.map((resumo) => Uint8Array.from(resumo)),
          hash: Uint8Array.from(hash),
          seladoEm: new Date(seladoEm),
        },
        skipDuplicates: true,
      });
      return count === 1;
    },
  };
};

export type SeloRepository = ReturnType<typeof createSeloRepository>;
