import { empty, type Sql, sqltag as sql } from '@prisma/client/runtime/client';
import type { Reach } from '../reach';

const ownersOf = ({ usuarioId, equipes }: Reach, organizacaoId: string): Sql => sql`
  SELECT ${usuarioId}::uuid UNION SELECT m.usuario_id FROM teia.equipe_membro m
  WHERE m.organizacao_id = ${organizacaoId}::uuid AND m.equipe_id = ANY(${equipes}::uuid[])`;

/** The condition that a row lies within a reach, by the column of its owner. Without an owner it lies only in that of all. */
export const withinReach = (reach: Reach, organizacaoId: string, owner: Sql): Sql => {
  if (reach.alcance === 'TODOS') return sql`true`;
  if (reach.alcance === 'PROPRIOS') return sql`${owner} = ${reach.usuarioId}::uuid`;
  // As an array and not as a subquery, for an index of owners to be entered by it.
  return sql`${owner} = ANY(ARRAY(${ownersOf(reach, organizacaoId)}))`;
};

/** `withinReach` to append to a WHERE; nothing at all where it would say nothing. */
export const andWithinReach = (reach: Reach, organizacaoId: string, owner: Sql): Sql =>
  reach.alcance === 'TODOS' ? empty : sql`AND ${withinReach(reach, organizacaoId, owner)}`;

type PageSql = {
  /** Table and alias: `cliente c`. */
  readonly from: Sql;
  readonly alias: Sql;
  readonly where: Sql;
  /** The column of the owner, with the alias. */
  readonly owner: Sql;
  /** The page, as `keysetSql` says it. */
  readonly after: Sql;
  readonly orderBy: Sql;
  readonly limit: Sql;
};

/**
 * What follows FROM in a page of the rows within a reach. For those of an equipe, each owner's page is read from an
 * index of owners and the first of all of these are taken: whether the equipe owns half of a large table or next to
 * nothing of it, no more is read than a page for each of its people.
 */
export const pageWithinReach = (
  reach: Reach,
  organizacaoId: string,
  { from, alias, where, owner, after, orderBy, limit }: PageSql,
): Sql => {
  if (reach.alcance !== 'EQUIPE') {
    return sql`${from} WHERE ${where} ${andWithinReach(reach, organizacaoId, owner)} ${after} ${orderBy} ${limit}`;
  }
  return sql`(${ownersOf(reach, organizacaoId)}) AS dono (id) CROSS JOIN LATERAL (
    SELECT * FROM ${from} WHERE ${where} AND ${owner} = dono.id ${after} ${orderBy} ${limit}
  ) AS ${alias} ${orderBy} ${limit}`;
};
