import { Client } from 'pg';
import { runInScope } from '../../../platform/db/scope';
import { createScopedPrisma } from '../../../platform/db/scoped-prisma';
import { ExplainingPool } from '../../../platform/testing/explaining-pool';
import { createTestDatabase } from '../../../platform/testing/test-database';
import { PrismaClient } from '../../../prisma/usuarios/client/client';
import { createConfirmacaoRepository } from './confirmacao.repository';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let pool: ExplainingPool;
beforeAll(async () => {
  database = await createTestDatabase('usuarios');
  const admin = new Client(database.adminUrl);
  await admin.connect();
  await admin.query(
    `INSERT INTO confirmacao (id, tipo, email, convite_id, convite_organizacao_id, criada_em, expira_em, enviar_em,
       tentativas, enviada_em)
     SELECT uuidv7(), 'CONVITE', n || '@exemplo.com', uuidv7(), uuidv7(), now(), now() + interval '7 days',
       now() - n * interval '1 s', 0, CASE WHEN n % 2 = 0 THEN now() END
     FROM generate_series(1, 20000) n`,
  );
  await admin.query('VACUUM ANALYZE');
  await admin.end();
  pool = new ExplainingPool({ connectionString: database.url });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

it('takes the message that waits longest without looking at the others', async () => {
  const confirmacoes = createConfirmacaoRepository(createScopedPrisma<PrismaClient>(PrismaClient, pool));
  const agora = new Date();
  const ate = new Date(agora.getTime() + 60_000);
  const pedido = { tipo: 'CONVITE', tokenHash: 'x', agora, ate } as const;
  const work = () => confirmacoes.reivindicar(pedido);
  // What explained it has given this token to the first already.
  await expect(runInScope({ role: 'identidade' }, work)).rejects.toThrow();
  const plan = pool.explained.map((one) => one.plan).join('\n');
  const [, looked] = /Index Scan using confirmacao_tipo_\w+ on confirmacao .*actual time=\S+ rows=(\d+)/.exec(
    plan,
  )!;
  expect(Number(looked)).toBeLessThan(100);
  expect(plan).not.toMatch(/Seq Scan on confirmacao/);
});
