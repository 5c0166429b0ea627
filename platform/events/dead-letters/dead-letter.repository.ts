import { keysetSql } from '../../db/sql';
import type { RawSql } from '../../db/unit-of-work';
import type { KeysetOrder } from '../../pagination/keyset';
import type { PageRequest } from '../../pagination/page-request';
import type { EventoMorto } from './dead-letter.type';

/** Oldest first: the others may be its consequences. */
export const deadLetterOrder: KeysetOrder<EventoMorto> = {
  nome: 'EVENTO_MORTO_CRIADO_EM_ASC',
  column: 'criadoEm',
  direction: 'asc',
  kind: 'instant',
};

/** The events of other domains that one organization's part of this one could not apply. */
export const createDeadLetterRepository = (db: RawSql, organizacaoId: string) => ({
  listar: (request: PageRequest): Promise<EventoMorto[]> => {
    const { after, orderBy, limit } = keysetSql(deadLetterOrder, request, 'e');
    return db.$queryRaw<EventoMorto[]>`
      SELECT e.id, e.tipo, e.agregado_tipo AS "agregadoTipo", e.agregado_id AS "agregadoId",
        e.criado_em AS "criadoEm", e.atualizado_em AS "falhouEm", e.tentativas, e.erro, (
          SELECT count(*)::int FROM teia.evento_pendente p
          WHERE p.organizacao_id = e.organizacao_id AND p.agregado_tipo = e.agregado_tipo
            AND p.agregado_id = e.agregado_id AND p.sequencia > e.sequencia
        ) AS esperando
      FROM teia.evento_pendente e
      WHERE e.organizacao_id = ${organizacaoId}::uuid AND e.situacao = 'MORTO' ${after}
      ${orderBy} ${limit}`;
  },

  contar: async (): Promise<number> => {
    const [row] = await db.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int FROM teia.evento_pendente
      WHERE organizacao_id = ${organizacaoId}::uuid AND situacao = 'MORTO'`;
    return row?.count ?? 0;
  },

  /** Asks for another round; false when there is no such event, or it is not dead. */
  reprocessar: async (id: string): Promise<boolean> => {
    const count = await db.$executeRaw`
      UPDATE teia.evento_pendente SET situacao = 'REPROCESSAR'
      WHERE organizacao_id = ${organizacaoId}::uuid AND id = ${id}::uuid AND situacao = 'MORTO'`;
    return count === 1;
  },
});

export type DeadLetterRepository = ReturnType<typeof createDeadLetterRepository>;
