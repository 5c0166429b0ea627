import type { DeleteExpired } from '../../../platform/db/expire-rows';

const sessoes: DeleteExpired = (db, batchSize) => db.$executeRaw`
  DELETE FROM sessao WHERE expira_em <= (
    SELECT max(expira_em) FROM (SELECT expira_em FROM sessao ORDER BY expira_em LIMIT ${batchSize}::int) AS oldest
  )`;

const revogacoes: DeleteExpired = (db, batchSize) => db.$executeRaw`
  DELETE FROM revogacao WHERE desde <= (
    SELECT max(desde) FROM (SELECT desde FROM revogacao ORDER BY desde LIMIT ${batchSize}::int) AS oldest
  )`;

const confirmacoes: DeleteExpired = (db, batchSize) => db.$executeRaw`
  DELETE FROM confirmacao WHERE expira_em <= (
    SELECT max(expira_em) FROM (
      SELECT expira_em FROM confirmacao ORDER BY expira_em LIMIT ${batchSize}::int
    ) AS oldest
  )`;

/** What nobody asks for any more: how long each is kept stands in the policies of its table. */
export const expirados: readonly DeleteExpired[] = [sessoes, revogacoes, confirmacoes];
