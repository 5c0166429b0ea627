import type { PageRequest } from './page-request';

export type Page<Row> = {
  readonly rows: readonly Row[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
};

/**
 * Turns what a keyset query gave into a page. The query asks for one row more than the page holds, in the
 * direction of travel; that row tells whether there is more.
 */
export const toPage = <Row>(found: readonly Row[], { limit, backward, from }: PageRequest): Page<Row> => {
  const more = found.length > limit;
  const rows = found.slice(0, limit);
  return backward
    ? { rows: rows.reverse(), hasPreviousPage: more, hasNextPage: from !== null }
    : { rows, hasNextPage: more, hasPreviousPage: from !== null };
};
