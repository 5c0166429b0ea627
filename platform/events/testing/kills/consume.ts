import { setTimeout as sleep } from 'node:timers/promises';
import { type Prisma, PrismaClient } from '../../../../prisma/vendas/client/client';
import { openDatabase } from '../../../db/open-database';
import { realEnvironment } from '../../../environment';
import type { CloudEvent } from '../../cloud-event';
import { consumption } from '../../consumption';
import type { EventQueues } from '../../event-queues';
import type { EventTransaction, Subscribers } from '../../subscribers';
import type { Random } from './random';
import { report } from './report';
import { destino, tuning } from './settings';

/** One event in so many fails until the queue gives it up: then somebody has done something about it. */
const oneIsPoisonIn = 40;

const isPoison = ({ id }: CloudEvent): boolean => Number.parseInt(id.slice(-6), 16) % oneIsPoisonIn === 0;

const repositories = (tx: Prisma.TransactionClient, organizacaoId: string) => ({
  efeitos: {
    /** Nothing keeps it from being inserted twice: that it is not, is to be shown. */
    inserir: (event: CloudEvent) => tx.$executeRaw`
      INSERT INTO prova_efeito (organizacao_id, agregado_id, sequencia, evento_id, correlation_id)
      VALUES (${organizacaoId}::uuid, ${event.subject.slice(-36)}::uuid, ${event.sequence}::bigint,
        ${event.id}::uuid, ${event.correlationid})`,
    /** What has no order is recognised by who handles it, when it comes again. */
    registrar: ({ id }: CloudEvent) => tx.$executeRaw`
      INSERT INTO prova_registro VALUES (${organizacaoId}::uuid, ${id}::uuid) ON CONFLICT DO NOTHING`,
    falhou: async ({ id }: CloudEvent): Promise<number> => {
      const [row] = await tx.$queryRaw<{ tentativas: number }[]>`
        SELECT tentativas FROM teia.evento_pendente
        WHERE organizacao_id = ${organizacaoId}::uuid AND id = ${id}::uuid`;
      return row?.tentativas ?? 0;
    },
  },
});

type Handled = EventTransaction<ReturnType<typeof repositories>>;

/** Gives each event one effect and one change that is told on; fails before or after it, now and then. */
const subscribers = (random: Random): Subscribers<ReturnType<typeof repositories>> => {
  const takeEffect = async ({ efeitos, record }: Handled, event: CloudEvent): Promise<void> => {
    if (random.happens(0.03)) throw new TypeError('before the effect');
    await efeitos.inserir(event);
    if (random.happens(0.3)) await sleep(random.below(80));
    const oportunidadeId = event.subject.slice(-36);
    record({
      acao: 'oportunidade.editar',
      entidade: 'Oportunidade',
      id: oportunidadeId,
      campos: [],
      evento: { tipo: 'OportunidadeAtualizada', dados: { oportunidadeId, campos: [] } },
    });
    if (isPoison(event) && (await efeitos.falhou(event)) < tuning.tries) throw new RangeError('poison');
    if (random.happens(0.02)) throw new TypeError('after the effect');
  };
  const keepRecord = async ({ efeitos }: Handled, event: CloudEvent): Promise<void> => {
    await efeitos.registrar(event);
    if (random.happens(0.1)) await sleep(random.below(80));
    if (isPoison(event) && (await efeitos.falhou(event)) < tuning.tries) throw new RangeError('poison');
    if (random.happens(0.02)) throw new TypeError('after the record');
  };
  const reporting =
    (handle: typeof takeEffect) =>
    async (transaction: Handled, event: CloudEvent): Promise<void> => {
      report('handler+', event.id);
      await handle(transaction, event).catch((error) => {
        report('handler-', event.id, 'failed');
        throw error;
      });
      report('handler-', event.id, 'ok');
    };
  return {
    ClienteCriado: reporting(takeEffect),
    ClienteAtualizado: reporting(takeEffect),
    RegistroDeAuditoria: reporting(keepRecord),
  };
};

/** The real consumer over the real database of vendas, with effects of this test. */
export const startConsuming = (databaseUrl: string, queues: EventQueues, random: Random): void => {
  const { prisma } = openDatabase<PrismaClient>(PrismaClient, databaseUrl);
  consumption(subscribers(random), () => ({
    db: prisma,
    repositories,
    environment: realEnvironment,
  })).start(null, destino, queues);
};
