import { badUserInput } from '../errors';
import { parseDateTime } from '../scalars/date-time';
import { invalidCursor, type Position } from './page-request';

/** An order of a list: by one column that is never null, then by id, so that every row has one place. */
export type KeysetOrder<Row> = {
  /** Its name in the graph, which cursors carry. */
  readonly nome: string;
  readonly column: keyof Row & string;
  readonly direction: 'asc' | 'desc';
  readonly kind: 'text' | 'instant';
};

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
  const value = kind === 'instant' ? parseDateTime(valor) : valor;
  if (value === null) throw badUserInput([{ campo: 'cursor', mensagem: invalidCursor }]);
  return { value, id };
};
