import type { DeleteExpired } from '../../../platform/db/expire-rows';

const sessoes: DeleteExpired = (db, batchSize) => db.$executeRaw`
  DELETE FROM sessao WHERE expira_em <= (
    SELECT max(expira_em) FROM (SELECT expira_em FROM sessao ORDER BY expira_em LIMIT ${batchSize}::int) AS oldest
  )`;

const revogacoes: DeleteExpired = (db, batchSize) => db.$executeRaw`
  DELETE FROM revogacao WHERE registrada_em <= (
    SELECT max(registrada_em) FROM (
      SELECT registrada_em FROM revogacao ORDER BY registrada_em LIMIT ${batchSize}::int
    ) AS oldest
  )`;

const confirmacoes: DeleteExpired = (db, batchSize) => db.$executeRaw`
  DELETE FROM confirmacao WHERE expira_em <= (
    SELECT max(expira_em) FROM (
      SELECT expira_em FROM confirmacao ORDER BY expira_em LIMIT ${batchSize}::int
    ) AS oldest
  )`;

const convites: DeleteExpired = (db, batchSize) => db.$executeRaw`
  DELETE FROM convite WHERE coalesce(aceito_em, cancelado_em, expira_em) <= (
    SELECT max(fim) FROM (
      SELECT coalesce(aceito_em, cancelado_em, expira_em) AS fim FROM convite ORDER BY fim LIMIT ${batchSize}::int
    ) AS oldest
  )`;

/** What nobody asks for any more: how long each is kept stands in the policies of its table. */
export const expirados: readonly DeleteExpired[] = [sessoes, revogacoes, confirmacoes, convites];
