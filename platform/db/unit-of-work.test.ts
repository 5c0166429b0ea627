import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { type Prisma, PrismaClient } from '../../prisma/clientes/client/client';
import { withoutRequest } from '../caller';
import { realEnvironment } from '../environment';
import { createTestDatabase } from '../testing/test-database';
import { openDatabase } from './open-database';
import { runInScope } from './scope';
import { createUnitOfWork } from './unit-of-work';

const organizacaoId = randomUUID();
const rows = [randomUUID(), randomUUID()] as const;

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let admin: Client;
let opened: ReturnType<typeof openDatabase<PrismaClient>>;
beforeAll(async () => {
  database = await createTestDatabase('clientes');
  admin = new Client(database.adminUrl);
  await admin.connect();
  await admin.query(`ALTER DATABASE ${admin.database} SET deadlock_timeout = '50ms'`);
  await admin.query('SET session_replication_role = replica');
  await admin.query(
    `INSERT INTO etiqueta (organizacao_id, cliente_id, chave, nome)
     SELECT $1, id, id, id FROM unnest($2::uuid[]) AS id`,
    [organizacaoId, rows],
  );
  opened = openDatabase<PrismaClient>(PrismaClient, database.url);
});
afterAll(async () => {
  await opened.stop();
  await admin.end();
  await database.drop();
});

type Change = (tx: Prisma.TransactionClient, id: string) => Promise<unknown>;

const byPrisma: Change = (tx, id) =>
  tx.etiqueta.updateMany({ where: { clienteId: id }, data: { nome: 'outro' } });
const bySql: Change = (tx, id) =>
  tx.$executeRaw`UPDATE etiqueta SET nome = 'outro' WHERE cliente_id = ${id}::uuid`;

/** Two units of work that take two rows in opposite orders, each the second when the other has its first. */
const cross = async (change: Change, meetings: number) => {
  const attempts = [0, 0];
  let arrived: (() => void)[] = [];
  /** Nobody waits for who is done. */
  const meet = () =>
    new Promise<void>((resolve) => {
      arrived.push(resolve);
      if (arrived.length < 2) return;
      for (const go of arrived) go();
      arrived = [];
    });
  const run = (own: 0 | 1) =>
    runInScope({ role: 'inquilino', organizacaoId }, () =>
      createUnitOfWork({
        db: opened.prisma,
        repositories: (tx: Prisma.TransactionClient) => ({ tx }),
        author: { organizacaoId, usuarioId: randomUUID(), sessaoId: null },
        info: withoutRequest('r1'),
        environment: realEnvironment,
      })(async ({ tx, record }) => {
        const attempt = ++attempts[own]!;
        await change(tx, rows[own]);
        if (attempt <= meetings) await meet();
        await change(tx, rows[own === 0 ? 1 : 0]);
        record({ acao: 'etiqueta.editar', entidade: 'Etiqueta', id: rows[own], campos: [] });
        return { id: rows[own] };
      }),
    );
  const ended = await Promise.allSettled([run(0), run(1)]);
  return { ended, attempts };
};

const recorded = async () => Number((await admin.query('SELECT count(*) FROM teia.outbox')).rows[0].count);

describe.each([
  ['Prisma', byPrisma],
  ['SQL', bySql],
])('two units of work that wait for each other by %s', (_, change) => {
  it('both come through, each once', async () => {
    const before = await recorded();
    const { ended, attempts } = await cross(change, 1);
    expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    expect([...attempts].sort()).toEqual([1, 2]);
    expect(await recorded()).toBe(before + 2);
  });
});

it('who is the victim twice is told that there is too much to do', async () => {
  const other = new Client(database.adminUrl);
  await other.connect();
  // Never the victim: it does not look for circles in time.
  await other.query("SET deadlock_timeout = '1min'");
  let tries = 0;
  const unit = runInScope({ role: 'inquilino', organizacaoId }, () =>
    createUnitOfWork({
      db: opened.prisma,
      repositories: (tx: Prisma.TransactionClient) => ({ tx }),
      author: { organizacaoId, usuarioId: randomUUID(), sessaoId: null },
      info: withoutRequest('r1'),
      environment: realEnvironment,
    })(async ({ tx }) => {
      tries += 1;
      await other.query('BEGIN');
      await other.query('UPDATE etiqueta SET nome = nome WHERE cliente_id = $1', [rows[1]]);
      await bySql(tx, rows[0]);
      const waiting = other.query('UPDATE etiqueta SET nome = nome WHERE cliente_id = $1', [rows[0]]);
      try {
        await bySql(tx, rows[1]);
      } finally {
        await waiting;
        await other.query('ROLLBACK');
      }
      return { id: rows[0] };
    }),
  );
  await expect(unit).rejects.toMatchObject({
    extensions: { code: 'SUBGRAPH_UNAVAILABLE', motivo: 'SOBRECARGA' },
  });
  expect(tries).toBe(2);
  await other.end();
});
