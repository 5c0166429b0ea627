import { PrismaClient } from '../../prisma/vendas/client/client';
import { runInScope } from '../db/scope';
import { createScopedPrisma } from '../db/scoped-prisma';
import { ExplainingPool } from '../testing/explaining-pool';
import { createTestDatabase } from '../testing/test-database';
import { withClient } from '../testing/with-client';
import { findAsked } from './due-events';

/** So many pending events, most of which wait or are dead. */
const pendingEvents = `
  INSERT INTO teia.evento_pendente (id, organizacao_id, tipo, agregado_tipo, agregado_id, sequencia, envelope, situacao,
    tentativas, erro, criado_em, atualizado_em)
  SELECT uuidv7(), uuidv7(), CASE WHEN n % 1000 = 1 THEN 'ClienteCriado' ELSE 'Novidade' || n % 5 END, 'Cliente', uuidv7(),
    n, '{}', CASE WHEN n % 4000 = 0 THEN 'REPROCESSAR' WHEN n % 2 = 0 THEN 'ESPERA' ELSE 'MORTO' END, 1,
    CASE WHEN n % 10 = 1 THEN 'TIPO_DESCONHECIDO' ELSE 'TypeError' END, now(), now()
  FROM generate_series(1, 20000) AS n`;

test('what was asked for is found in indexes, however many others are pending', async () => {
  const database = await createTestDatabase('vendas');
  await withClient(database.adminUrl, async (admin) => {
    await admin.query(pendingEvents);
    await admin.query('ANALYZE teia.evento_pendente');
  });
  const pool = new ExplainingPool({ connectionString: database.url, max: 1 });
  const db = createScopedPrisma<PrismaClient>(PrismaClient, pool);
  for (let times = 0; times < 8; times += 1) {
    const found = await runInScope({ role: 'eventos' }, () => findAsked(db));
    expect(found.filter(({ situacao }) => situacao === 'REPROCESSAR')).toHaveLength(5);
    expect(found.filter(({ situacao }) => situacao === 'MORTO')).toHaveLength(20);
  }
  for (const { plan } of pool.explained) {
    expect(plan).not.toContain('Seq Scan');
    expect(plan).not.toContain('Rows Removed by Filter');
  }
  expect(pool.explained).toHaveLength(8);
  await pool.end();
  await database.drop();
});
