import { Client } from 'pg';
import { startEmbeddedPostgres } from '../db/embedded';
import { migrateUp } from '../db/migrate';
import { databaseUrl, provision } from '../db/provision';
import { temporaryFolder } from '../testing/temporary-folder';
import { until } from '../testing/until';
import { withClient } from '../testing/with-client';
import { startRelay } from './relay';
import { writeEvent } from './testing/outbox';

test('a relay goes on after its PostgreSQL crashed and came back', async () => {
  const folder = await temporaryFolder();
  const server = await startEmbeddedPostgres({ dataDir: folder.path });
  await provision({ ...server, databases: ['clientes'] });
  const adminUrl = databaseUrl(server.adminUrl, 'teia_clientes');
  await migrateUp({ adminUrl, subgraph: 'clientes' });
  const published: string[] = [];
  const relay = startRelay({
    subgraph: 'clientes',
    databaseUrl: databaseUrl(server.appUrl, 'teia_clientes'),
    queues: {
      publish: async (_, events) => {
        published.push(...events.map(({ id }) => id));
      },
      republish: async () => {},
      consume: () => ({ stop: async () => {} }),
      close: async () => {},
    },
    consumers: { vendas: ['ClienteCriado'] },
  });
  const before = await withClient(adminUrl, (client) => writeEvent(client));
  await until(() => published.length === 1);

  const victim = new Client(adminUrl);
  victim.on('error', () => {});
  await victim.connect();
  const { rows } = await victim.query('SELECT pg_backend_pid() AS pid');
  // When one of its processes is killed, PostgreSQL ends all others and recovers from its log.
  process.kill(rows[0].pid, 'SIGKILL');
  await victim.end().catch(() => {});

  const write = (): Promise<string> =>
    withClient(adminUrl, (client) => writeEvent(client)).catch(() =>
      new Promise((resolve) => setTimeout(resolve, 50)).then(write),
    );
  const after = await write();
  await until(() => published.includes(after));
  expect([...new Set(published)]).toEqual([before, after]);
  await relay.stop();
  await server.stop();
  await folder.remove();
});
