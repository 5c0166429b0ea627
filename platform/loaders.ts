import DataLoader from 'dataloader';
import type { PageRequest } from './pagination/page-request';
import { isUuid } from './uuid';

/** PostgreSQL answers ids in lower case, whatever the case they were asked for in. */
const oneCase = { cacheKeyFn: (id: string) => id.toLowerCase() };

/**
 * A loader by id for one request: the ids asked for in one tick cost one call of `fetch`. An id that is
 * no UUID cannot be in any table and answers null like one that is missing.
 */
export const loaderById = <Row extends { readonly id: string }>(
  fetch: (ids: readonly string[]) => Promise<readonly Row[]>,
): DataLoader<string, Row | null> =>
  new DataLoader(async (ids) => {
    const rows = await fetch(ids.filter(isUuid));
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id.toLowerCase()) ?? null);
  }, oneCase);

/** A loader of the rows that belong to a parent, in the order in which `fetch` gives them. */
export const loaderByParent = <Row>(
  fetch: (parentIds: readonly string[]) => Promise<readonly Row[]>,
  parentOf: (row: Row) => string,
): DataLoader<string, Row[]> =>
  new DataLoader(async (parentIds) => {
    const byParent = new Map<string, Row[]>(parentIds.map((id) => [id.toLowerCase(), []]));
    for (const row of await fetch(parentIds.filter(isUuid))) byParent.get(parentOf(row))?.push(row);
    return parentIds.map((id) => byParent.get(id.toLowerCase()) ?? []);
  }, oneCase);

/**
 * A loader of one page for each of many parents: those asked for with equal arguments in one tick cost one
 * call of `fetch`.
 */
export const loaderOfPages = <Row>(
  fetch: (parentIds: readonly string[], request: PageRequest) => Promise<readonly Row[]>,
  parentOf: (row: Row) => string,
) => {
  const byRequest = new Map<string, DataLoader<string, Row[]>>();
  return {
    clearAll: () => byRequest.clear(),
    load: (parentId: string, request: PageRequest): Promise<Row[]> => {
      const key = JSON.stringify(request);
      const loader = byRequest.get(key) ?? loaderByParent((ids) => fetch(ids, request), parentOf);
      byRequest.set(key, loader);
      return loader.load(parentId);
    },
  };
};

/** A loader of how many rows each parent has; none is 0. */
export const loaderOfCounts = (
  count: (
    parentIds: readonly string[],
  ) => Promise<readonly { readonly id: string; readonly total: number }[]>,
): DataLoader<string, number> =>
  new DataLoader(async (parentIds) => {
    const totals = new Map((await count(parentIds.filter(isUuid))).map(({ id, total }) => [id, total]));
    return parentIds.map((id) => totals.get(id.toLowerCase()) ?? 0);
  }, oneCase);

/** Makes the loaders of a request read anew, after it has changed something. */
export const clearLoaders = (loaders: Readonly<Record<string, { clearAll(): unknown }>>): void => {
  for (const loader of Object.values(loaders)) loader.clearAll();
};
