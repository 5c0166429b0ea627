import { setTimeout as sleep } from 'node:timers/promises';
import { v7 } from 'uuid';
import { type Prisma, PrismaClient } from '../../../../prisma/clientes/client/client';
import { openDatabase } from '../../../db/open-database';
import { runInScope } from '../../../db/scope';
import { type ChangeRecord, createUnitOfWork } from '../../../db/unit-of-work';
import { realEnvironment } from '../../../environment';
import { aCaller, aRequestInfo } from '../../../testing/callers';
import type { Random } from './random';
import { report } from './report';
import type { Organization } from './settings';

const hands = 2;
const mostPauseMs = 1_500;

const repositories = (organizacaoId: string) => (tx: Prisma.TransactionClient) => ({
  contadores: {
    /** The change itself, of which the events tell: also what puts those who change the same in an order. */
    somar: (id: string, quantos: number) => tx.$executeRaw`
      INSERT INTO prova_contador AS c (organizacao_id, id, valor)
      VALUES (${organizacaoId}::uuid, ${id}::uuid, ${quantos}::int)
      ON CONFLICT (organizacao_id, id) DO UPDATE SET valor = c.valor + excluded.valor`,
  },
});

const changeOf = (clienteId: string, random: Random): ChangeRecord => ({
  acao: 'cliente.editar',
  entidade: 'Cliente',
  id: clienteId,
  campos: ['nome'],
  evento: random.oneOf([
    { tipo: 'ClienteCriado', dados: { clienteId, responsavelId: null } },
    { tipo: 'ClienteAtualizado', dados: { clienteId, campos: ['nome'] } },
    { tipo: 'ClienteAtualizado', dados: { clienteId, campos: ['email', 'telefone'] } },
    { tipo: 'ClienteExcluido', dados: { clienteId, definitivo: false } },
  ] as const),
});

/** How many events a transaction has of one aggregate: mostly one, now and then a whole import. */
const howMany = (random: Random): number =>
  random.happens(0.01) ? 30 : random.happens(0.2) ? 2 + random.below(3) : 1;

/**
 * Changes Clientes, several at a time, until the process dies: some transactions are of many events, some commit
 * late, some not at all.
 */
export const startProducing = (
  databaseUrl: string,
  organizations: readonly Organization[],
  random: Random,
): void => {
  const { prisma } = openDatabase<PrismaClient>(PrismaClient, databaseUrl);

  const change = async (organization: Organization): Promise<void> => {
    const unitOfWork = createUnitOfWork({
      db: prisma,
      repositories: repositories(organization.id),
      author: aCaller({ organizacaoId: organization.id }),
      info: aRequestInfo(),
      environment: realEnvironment,
    });
    const clientes = organization.clientes.filter(() => random.happens(0.15)).sort();
    const id = clientes[0] ?? random.oneOf(organization.clientes);
    await unitOfWork(async ({ contadores, record }) => {
      for (const clienteId of clientes.length > 0 ? clientes : [id]) {
        const quantos = howMany(random);
        await contadores.somar(clienteId, quantos);
        for (let n = 0; n < quantos; n += 1) record(changeOf(clienteId, random));
      }
      if (random.happens(0.1)) await sleep(random.below(400));
      if (random.happens(0.05)) throw new Error('somebody changed their mind');
      return { id };
    });
  };

  const work = async (): Promise<never> => {
    for (;;) {
      const organization = random.oneOf(organizations);
      const id = v7();
      report('change+', id);
      // Whether it failed or nobody knows: the database decides what counts.
      await runInScope({ role: 'inquilino', organizacaoId: organization.id }, () =>
        change(organization),
      ).catch(() => undefined);
      report('change-', id);
      await sleep(random.below(mostPauseMs));
    }
  };
  for (let hand = 0; hand < hands; hand += 1) void work();
};
