import { badUserInput } from '../errors';
import { isUuid } from '../uuid';
import type { PageRequest, Position } from './page-request';

/** An order of a list: by one column that is never null, then by id, so that every row has one place. */
export type KeysetOrder<Row> = {
  /** Its name in the graph, which cursors carry. */
  readonly nome: string;
  readonly column: keyof Row & string;
  readonly direction: 'asc' | 'desc';
  readonly kind: 'text' | 'instant';
};

const invert = { asc: 'desc', desc: 'asc' } as const;

/** The place of a row in an order. */
export const positionOf = <Row extends { readonly id: string }>(
  row: Row,
  { column, kind }: KeysetOrder<Row>,
): Position => ({
  valor: kind === 'instant' ? (row[column] as Date).toISOString() : String(row[column]),
  id: row.id,
});

/**
 * The value of the order's column and the id where a page starts.
 *
 * @throws CodedError BAD_USER_INPUT when a cursor was tampered with.
 */
export const startOf = ({ valor, id }: Position, kind: 'text' | 'instant') => {
  const value = kind === 'instant' ? new Date(valor) : valor;
  if (!isUuid(id) || (value instanceof Date && Number.isNaN(value.getTime()))) {
    throw badUserInput([
      { campo: 'after', mensagem: 'Cursor inválido. Use o cursor de uma página da mesma consulta.' },
    ]);
  }
  return { value, id };
};

/**
 * The conditions of a page in terms of a Prisma query. The first condition repeats what the second says
 * so that PostgreSQL takes it as the start of an index range, whatever the depth of the page.
 */
export const keysetQuery = <Row>(order: KeysetOrder<Row>, request: PageRequest) => {
  const direction = request.backward ? invert[order.direction] : order.direction;
  const [beyond, from] = direction === 'asc' ? ['gt', 'gte'] : ['lt', 'lte'];
  const start = request.from && startOf(request.from, order.kind);
  return {
    orderBy: [{ [order.column]: direction }, { id: direction }],
    take: request.limit + 1,
    after: start
      ? [
          { [order.column]: { [from]: start.value } },
          { OR: [{ [order.column]: { [beyond]: start.value } }, { id: { [beyond]: start.id } }] },
        ]
      : [],
  };
};
