import type { RawSql } from './unit-of-work';

/**
 * Lets others who lock the same name in the same organization wait until the transaction ends: for what is not, or not
 * yet, a row that could be locked.
 */
export const lockByName = async (tx: RawSql, name: string, organizacaoId: string): Promise<void> => {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${name} ${organizacaoId}`}, 0))`;
};
