import { PrismaClient } from '../../prisma/vendas/client/client';
import { openDatabase } from '../db/open-database';
import { runInScope } from '../db/scope';
import { startConsumer } from './testing/consumer';
import { aPlace, eventOf } from './testing/places';

let consumer: Awaited<ReturnType<typeof startConsumer>>;
let database: { prisma: PrismaClient; stop: () => Promise<void> };
beforeAll(async () => {
  consumer = await startConsumer();
  database = openDatabase<PrismaClient>(PrismaClient, consumer.database.url);
});
afterAll(async () => {
  await database.stop();
  await consumer.stop();
});

const asRelay = (sql: string, ...values: unknown[]): Promise<unknown> =>
  runInScope({ role: 'eventos' }, () => database.prisma.$executeRawUnsafe(sql, ...values)).catch(
    (error) => `refused: ${error.message.match(/permission denied|row-level security/)}`,
  );

const insert = `INSERT INTO teia.evento_pendente (id, organizacao_id, envelope, situacao, tentativas, criado_em, atualizado_em)
  VALUES (gen_random_uuid(), $1::uuid, '{}', 'MORTO', 1, now(), now())`;

test('who sweeps sees the pending events of all, and may do no more than have them delivered again', async () => {
  const places = [aPlace(), aPlace()] as const;
  for (const place of places) await consumer.deliver(eventOf(place, 2));
  const ids = places.map(({ organizacaoId }) => organizacaoId);
  expect(
    await asRelay(
      "UPDATE teia.evento_pendente SET situacao = 'REPROCESSAR' WHERE organizacao_id::text = ANY($1)",
      ids,
    ),
  ).toBe(2);
  const [{ organizacaoId }] = places;
  const denied = 'refused: permission denied';
  expect(await asRelay("UPDATE teia.evento_pendente SET envelope = '{}'")).toBe(denied);
  expect(await asRelay('UPDATE teia.agregado_consumido SET sequencia = 9')).toBe(denied);
  expect(await asRelay('DELETE FROM teia.agregado_consumido')).toBe(denied);
  expect(await asRelay('SELECT * FROM oportunidade')).toBe(denied);
  expect(await asRelay('SELECT * FROM efeito')).toBe(denied);
  expect(await asRelay(insert, organizacaoId)).toBe('refused: row-level security');
  expect(
    await asRelay('DELETE FROM teia.evento_pendente WHERE organizacao_id = $1::uuid', organizacaoId),
  ).toBe(0);
  expect(await asRelay(insert, null)).toBe(1);
  expect(await asRelay('DELETE FROM teia.evento_pendente')).toBe(1);
});

test("an organization sees no pending event of another, nor one that is nobody's", async () => {
  const [ana, bia] = [aPlace(), aPlace()];
  await consumer.deliver(eventOf(ana, 2));
  await consumer.deliver(null as never);
  const seen = (organizacaoId: string) =>
    runInScope(
      { role: 'inquilino', organizacaoId },
      () => database.prisma.$queryRaw<unknown[]>`SELECT organizacao_id::text FROM teia.evento_pendente`,
    );
  expect(await seen(ana.organizacaoId)).toEqual([{ organizacao_id: ana.organizacaoId }]);
  expect(await seen(bia.organizacaoId)).toEqual([]);
});
