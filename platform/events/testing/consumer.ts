import { Client } from 'pg';
import { type Prisma, PrismaClient } from '../../../prisma/vendas/client/client';
import { openDatabase } from '../../db/open-database';
import { realEnvironment } from '../../environment';
import { createTestDatabase } from '../../testing/test-database';
import type { CloudEvent } from '../cloud-event';
import { consumption } from '../consumption';
import type { EventQueues, RunningConsumer } from '../event-queues';
import { createDeliveryHandler } from '../handle-delivery';
import type { Subscribers } from '../subscribers';
import { sweepAsked, sweepLost } from '../sweep';
import type { Place } from './places';

const createRepositories = (tx: Prisma.TransactionClient, organizacaoId: string) => ({
  efeitos: {
    anotar: ({ id, data, sequence }: CloudEvent<'ClienteAtualizado'>) => tx.$executeRaw`
      INSERT INTO efeito (organizacao_id, evento_id, cliente_id, sequencia)
      VALUES (${organizacaoId}::uuid, ${id}::uuid, ${data.clienteId}::uuid, ${sequence}::bigint)`,
  },
});

type Handler = NonNullable<Subscribers<ReturnType<typeof createRepositories>>['ClienteAtualizado']>;

/** How often an event is tried, as the queue does it. */
const tries = 3;

/**
 * A domain that notes each event of a Cliente in a table, and a queue made of literals: what is republished waits
 * in a list until it is drained.
 */
export const startConsumer = async () => {
  const database = await createTestDatabase('vendas');
  const admin = new Client(database.adminUrl);
  await admin.connect();
  await admin.query(`SET ROLE teia_dono;
    CREATE TABLE efeito (ordem bigint GENERATED ALWAYS AS IDENTITY, organizacao_id uuid NOT NULL,
      evento_id uuid NOT NULL, cliente_id uuid NOT NULL, sequencia bigint NOT NULL);
    SELECT teia.proteger('efeito'); RESET ROLE`);
  const stops: (() => Promise<void>)[] = [];
  const republished: CloudEvent[] = [];
  const behaviour = {
    /** What happens around the effect. */
    around: (async (_, __, effect) => {
      await effect();
    }) as (...parameters: [...Parameters<Handler>, () => Promise<unknown>]) => Promise<void>,
    republish: async (event: CloudEvent): Promise<void> => {
      republished.push(event);
    },
    agora: realEnvironment.agora,
  };

  /** The domain's part of one of the processes in which it runs. */
  const openDomain = () => {
    const { prisma, stop } = openDatabase<PrismaClient>(PrismaClient, database.url);
    stops.push(stop);
    return {
      subscribers: {
        ClienteAtualizado: (...[transaction, event]: Parameters<Handler>) =>
          behaviour.around(transaction, event, () => transaction.efeitos.anotar(event)),
      },
      database: {
        db: prisma,
        repositories: createRepositories,
        environment: { ...realEnvironment, agora: () => behaviour.agora() },
      },
    };
  };

  /** One that is fed by hand. */
  const open = () => {
    const consumer = {
      ...openDomain(),
      destino: 'vendas',
      queues: { republish: (_: string, event: CloudEvent) => behaviour.republish(event) },
    };
    const sweepInto = async (queues: Pick<EventQueues, 'republish'>): Promise<void> => {
      await sweepAsked({ ...consumer, queues });
      await sweepLost({ ...consumer, queues });
    };
    return {
      handle: createDeliveryHandler(consumer),
      sweep: () => sweepInto(consumer.queues),
      sweepInto,
    };
  };

  /** One that is fed by a queue. */
  const start = (queues: EventQueues): RunningConsumer => {
    const { subscribers, database } = openDomain();
    return consumption(subscribers, () => database).start(null, 'vendas', queues);
  };
  const first = open();

  /** Delivers an event until it is accepted or given up, as the queue does. */
  const deliver = async (event: CloudEvent, { handle } = first): Promise<boolean> => {
    for (let attempt = 1; attempt <= tries; attempt++) {
      const accepted = await handle({ event, attempt, isLast: attempt === tries }).then(
        () => true,
        () => false,
      );
      if (accepted) return true;
    }
    return false;
  };

  const drain = async (): Promise<void> => {
    for (let event = republished.shift(); event; event = republished.shift()) await deliver(event);
  };

  const rows = async (sql: string, { organizacaoId }: Place) =>
    (await admin.query(sql, [organizacaoId])).rows;

  return {
    ...first,
    database,
    admin,
    behaviour,
    republished,
    open,
    start,
    deliver,
    drain,
    /** The sequences applied of a Cliente, in the order in which they were. */
    applied: async (place: Place): Promise<number[]> =>
      (await rows(`SELECT cliente_id, sequencia FROM efeito WHERE organizacao_id = $1 ORDER BY ordem`, place))
        .filter(({ cliente_id }) => cliente_id === place.clienteId)
        .map(({ sequencia }) => Number(sequencia)),
    pending: (place: Place) =>
      rows(
        `SELECT sequencia::int, situacao, tentativas, erro FROM teia.evento_pendente
         WHERE organizacao_id = $1 ORDER BY sequencia`,
        place,
      ),
    cursor: async (place: Place) =>
      (
        await rows(
          'SELECT sequencia::int, evento_id FROM teia.agregado_consumido WHERE organizacao_id = $1',
          place,
        )
      )[0],
    written: (place: Place) => rows('SELECT * FROM teia.outbox WHERE organizacao_id = $1', place),
    stop: async () => {
      await admin.end();
      for (const stop of stops) await stop();
      await database.drop();
    },
  };
};
