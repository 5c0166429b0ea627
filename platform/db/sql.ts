import { empty, raw, type Sql, sqltag as sql } from '@prisma/client/runtime/client';
import { type KeysetOrder, startOf } from '../pagination/keyset';
import type { PageRequest } from '../pagination/page-request';

/** `nomeOrdem` is stored as `nome_ordem`. */
const columnOf = (field: string): string => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/**
 * What to select for all fields of a model, so that rows of raw SQL look like Prisma's own.
 *
 * @param fields the model's `ScalarFieldEnum` of the generated client.
 */
export const selectAll = (fields: Readonly<Record<string, string>>, table: string): Sql =>
  raw(
    Object.values(fields)
      .map((field) => `${table}.${columnOf(field)} AS "${field}"`)
      .join(', '),
  );

const operators = { asc: raw('>'), desc: raw('<') };
const directions = { asc: raw('ASC'), desc: raw('DESC') };
const types = { text: raw('text'), instant: raw('timestamptz') };

/**
 * A page as parts of a SELECT: a condition to append to its WHERE, its ORDER BY and its LIMIT. Rows are
 * compared as a whole, so PostgreSQL starts in the index right where the page does, however deep it lies
 * and however many rows have equal values. Prisma's queries cannot say that.
 */
export const keysetSql = <Row>(order: KeysetOrder<Row>, request: PageRequest, table: string) => {
  const opposite = order.direction === 'asc' ? 'desc' : 'asc';
  const direction = request.backward ? opposite : order.direction;
  const column = raw(`${table}.${columnOf(order.column)}`);
  const id = raw(`${table}.id`);
  const start = request.from && startOf(request.from, order.kind);
  return {
    after: start
      ? sql`AND (${column}, ${id}) ${operators[direction]} (${start.value}::${types[order.kind]}, ${start.id}::uuid)`
      : empty,
    orderBy: sql`ORDER BY ${column} ${directions[direction]}, ${id} ${directions[direction]}`,
    limit: sql`LIMIT ${request.limit + 1}`,
  };
};
