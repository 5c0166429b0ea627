import type { Caller } from '../../caller';
import type { UnitOfWork } from '../../db/unit-of-work';
import { notFound } from '../../errors';
import { requirePermission } from '../../permissions';
import type { DeadLetterRepository } from './dead-letter.repository';

type Dependencies = {
  readonly caller: Caller | null;
  readonly unitOfWork: UnitOfWork<{ readonly eventosMortos: DeadLetterRepository }>;
};

/**
 * Asks for another round of tries for a dead event; those that wait for it follow when it succeeds.
 *
 * @throws CodedError NOT_FOUND, also for one that is not dead (any more).
 */
export const replayDeadLetter = async ({ caller, unitOfWork }: Dependencies, id: string) => {
  requirePermission(caller, 'eventos:administrar');
  return unitOfWork(async ({ eventosMortos, record }) => {
    if (!(await eventosMortos.reprocessar(id))) throw notFound('Evento morto', 'dados.id');
    record({
      acao: 'eventoMorto.reprocessar',
      entidade: 'EventoMorto',
      id,
      campos: ['situacao'],
      evento: { tipo: 'EventoMortoReprocessado', dados: { eventoId: id } },
    });
    return { id };
  });
};
