import { type Prisma, PrismaClient } from '../../../../prisma/vendas/client/client';
import { openDatabase } from '../../../db/open-database';
import { runInScope } from '../../../db/scope';
import { createUnitOfWork } from '../../../db/unit-of-work';
import { realEnvironment } from '../../../environment';
import { aCaller, aRequestInfo } from '../../../testing/callers';
import { queryOnce } from '../../../testing/with-client';
import { createDeadLetterRepository } from '../../dead-letters/dead-letter.repository';
import { replayDeadLetter } from '../../dead-letters/replay-dead-letter';
import type { Databases } from './prepare-databases';

/** The administrators of all organizations, who ask for another round whenever they see a dead event. */
export const createAdministrators = ({ asAdmin, asApp }: Databases) => {
  const { prisma, stop } = openDatabase<PrismaClient>(PrismaClient, asApp('vendas'));

  const replay = (id: string, organizacaoId: string) => {
    const caller = aCaller({ organizacaoId });
    const unitOfWork = createUnitOfWork({
      db: prisma,
      repositories: (tx: Prisma.TransactionClient) => ({
        eventosMortos: createDeadLetterRepository(tx, organizacaoId),
      }),
      author: caller,
      info: aRequestInfo(),
      environment: realEnvironment,
    });
    return runInScope({ role: 'inquilino', organizacaoId }, () =>
      replayDeadLetter({ caller, unitOfWork }, id),
    );
  };

  return {
    /** How many were asked for. None while the database is away. */
    replayAll: async (): Promise<number> => {
      const dead = await queryOnce<{ id: string; organizacao_id: string }>(
        asAdmin('vendas'),
        "SELECT id, organizacao_id FROM teia.evento_pendente WHERE situacao = 'MORTO'",
      ).catch(() => []);
      const replayed = await Promise.allSettled(dead.map((event) => replay(event.id, event.organizacao_id)));
      return replayed.filter(({ status }) => status === 'fulfilled').length;
    },
    stop,
  };
};
