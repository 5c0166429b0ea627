import { empty, type Sql, sqltag as sql } from '@prisma/client/runtime/client';
import { withinReach } from '../../../platform/db/reach-sql';
import type { Reach } from '../../../platform/reach';

/** The condition, to append to a WHERE, that a row's Cliente lies within a reach: what is part of one follows it. */
export const andClienteWithinReach = (reach: Reach, organizacaoId: string, clienteId: Sql): Sql =>
  reach.alcance === 'TODOS'
    ? empty
    : sql`AND EXISTS (
        SELECT FROM cliente c WHERE c.organizacao_id = ${organizacaoId}::uuid AND c.id = ${clienteId}
          AND ${withinReach(reach, organizacaoId, sql`c.responsavel_id`)})`;
