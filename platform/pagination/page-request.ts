import { badUserInput } from '../errors';
import { isStorable } from '../text';
import { isUuid } from '../uuid';

/** How many items a page has unless it is told. */
export const defaultPageSize = 20;
const maxPageSize = 100;

type PageArgs = {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
};

/** Where a page starts: the value of the order's column in a row, and that row's id. */
export type Position = { readonly valor: string; readonly id: string };

export type PageRequest = {
  readonly ordem: string;
  readonly limit: number;
  readonly backward: boolean;
  readonly from: Position | null;
};

/** An opaque cursor: it tells where a row stands in one order, and is worth nothing in another. */
export const encodeCursor = (ordem: string, { valor, id }: Position): string =>
  Buffer.from(JSON.stringify([ordem, valor, id])).toString('base64url');

export const invalidCursor =
  'Cursor inválido para esta lista e ordem. Use o cursor de uma página da mesma consulta.';

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const decodeCursor = (cursor: string, ordem: string, campo: string): Position => {
  const parts = parseJson(Buffer.from(cursor, 'base64url').toString());
  const [cursorOrder, valor, id] = Array.isArray(parts) ? parts : [];
  const isPosition = typeof valor === 'string' && isStorable(valor) && typeof id === 'string' && isUuid(id);
  if (cursorOrder !== ordem || !isPosition) {
    throw badUserInput([{ campo, mensagem: invalidCursor }]);
  }
  return { valor, id };
};

const checkSize = (campo: string, size: number): number => {
  if (size < 0 || size > maxPageSize) {
    throw badUserInput([{ campo, mensagem: `Peça de 0 a ${maxPageSize} itens por página.` }]);
  }
  return size;
};

/**
 * Reads the arguments of a Relay connection (GraphQL Cursor Connections Specification): forwards with
 * `first`/`after`, backwards with `last`/`before`, 20 items unless told, 100 at most.
 *
 * @throws CodedError BAD_USER_INPUT when both directions are mixed, a size is out of range, or a cursor
 * comes from another list or order.
 */
export const pageRequest = ({ first, after, last, before }: PageArgs, ordem: string): PageRequest => {
  const backward = last != null || (before != null && first == null);
  if (backward && (first != null || after != null)) {
    throw badUserInput([
      { campo: 'last', mensagem: 'Use first com after, ou last com before, não os dois juntos.' },
    ]);
  }
  if (!backward && before != null) {
    throw badUserInput([{ campo: 'before', mensagem: 'Use before com last, não com first.' }]);
  }
  const [cursor, campo] = backward ? [before, 'before'] : [after, 'after'];
  return {
    ordem,
    backward,
    limit: checkSize(backward ? 'last' : 'first', (backward ? last : first) ?? defaultPageSize),
    from: cursor == null ? null : decodeCursor(cursor, ordem, campo),
  };
};
