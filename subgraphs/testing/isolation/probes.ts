import type { PlantedRow } from './plant-row';

/** The id of the planted row of each table. */
export type PlantedIds = (table: string) => string;

/**
 * For every method of a repository, a call that reads or changes the planted rows of an organization. It is
 * made once for that organization, where it must have an effect, and once for another, where it must not.
 */
export type Probes<Repository> = {
  readonly [Method in keyof Repository]: (repository: Repository, idOf: PlantedIds) => Promise<unknown>;
};

export const idsOf =
  (rows: ReadonlyMap<string, PlantedRow>): PlantedIds =>
  (table) =>
    String(rows.get(table)?.id);
