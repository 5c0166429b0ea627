import { createTestDatabase } from '../testing/test-database';
import { queryOnce } from '../testing/with-client';
import { createEventQueues } from './queues';
import { anEvent } from './testing/cloud-events';
import { queueContract } from './testing/queue-contract';

const others = 'FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()';

describe('event queues on PostgreSQL', () => {
  queueContract(async () => {
    const database = await createTestDatabase('filas');
    return {
      store: { databaseUrl: database.url },
      interrupt: () =>
        queryOnce(database.adminUrl, `SELECT pg_terminate_backend(pid) ${others}`).then(() => undefined),
      drop: database.drop,
    };
  });

  it('keep of a failed try the kind of error and nothing that it quotes', async () => {
    const database = await createTestDatabase('filas');
    const queues = createEventQueues({ databaseUrl: database.url }, { firstRetryMs: 60_000 });
    let tried = () => {};
    const isTried = new Promise<void>((resolve) => {
      tried = resolve;
    });
    const consumer = queues.consume('vendas', async () => {
      tried();
      throw Object.assign(new TypeError('o CPF 529.982.247-25 é inválido'), { code: '23505' });
    });
    await queues.publish('vendas', [anEvent()]);
    await isTried;
    await consumer.stop();
    const [job] = await queryOnce<{ failed_reason: string }>(database.adminUrl, 'SELECT * FROM bullmq.job');
    expect(job).toMatchObject({ failed_reason: 'TypeError 23505', state: 'delayed' });
    expect(JSON.stringify(job)).not.toContain('529.982');
    await queues.close();
    await database.drop();
  });

  it('refuse in bounded time to publish where nobody answers, and close all the same', async () => {
    const queues = createEventQueues({ databaseUrl: 'postgres://u:p@127.0.0.1:1/filas' });
    const consumer = queues.consume('vendas', async () => {});
    await expect(queues.publish('vendas', [anEvent()])).rejects.toThrow();
    await consumer.stop();
    await queues.close();
  });
});
