import type { Caller } from '../../../platform/caller';
import { openDatabase } from '../../../platform/db/open-database';
import { runInScope } from '../../../platform/db/scope';
import { realEnvironment } from '../../../platform/environment';
import { applyEvent } from '../../../platform/events/apply-event';
import type { EventCatalogue } from '../../../platform/events/catalogue';
import type { CloudEvent } from '../../../platform/events/cloud-event';
import { anEvent } from '../../../platform/events/testing/cloud-events';
import { PrismaClient } from '../../../prisma/vendas/client/client';
import { createRepositories } from '../context';
import { subscribers } from '../subscribers';

type Told = 'ClienteCriado' | 'ClienteAtualizado' | 'ClienteExcluido';

/** A consumer of the events of clientes, on connections of its own, as in another process than the graph's. */
export const createEventApplier = (databaseUrl: string) => {
  const { prisma, stop } = openDatabase<PrismaClient>(PrismaClient, databaseUrl);
  const database = { db: prisma, repositories: createRepositories, environment: realEnvironment };
  const sequencias = new Map<string, number>();

  /** The next event of a Cliente, not applied yet. */
  const happens = <Name extends Told>(
    { organizacaoId }: Pick<Caller, 'organizacaoId'>,
    type: Name,
    data: EventCatalogue[Name],
  ): CloudEvent => {
    const sequence = (sequencias.get(data.clienteId) ?? 0) + 1;
    sequencias.set(data.clienteId, sequence);
    return anEvent({
      type,
      subject: `Cliente/${data.clienteId}`,
      data,
      sequence: `${sequence}`,
      organizacaoid: organizacaoId,
      correlationid: `pedido-${sequence}`,
    } as Partial<CloudEvent>);
  };

  const apply = (event: CloudEvent) =>
    runInScope({ role: 'inquilino', organizacaoId: event.organizacaoid }, () =>
      applyEvent(database, subscribers, event),
    );

  return {
    stop,
    apply,
    happens,
    criado: (caller: Caller, clienteId: string) =>
      apply(happens(caller, 'ClienteCriado', { clienteId, responsavelId: null })),
    reativado: (caller: Caller, clienteId: string) =>
      apply(happens(caller, 'ClienteAtualizado', { clienteId, campos: ['ativo'] })),
    excluido: (caller: Caller, clienteId: string, definitivo = false) =>
      apply(happens(caller, 'ClienteExcluido', { clienteId, definitivo })),
  };
};
