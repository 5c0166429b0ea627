import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '../platform/db/embedded';
import { migrateUp } from '../platform/db/migrate';
import { databaseUrl, provision } from '../platform/db/provision';
import { runInScope } from '../platform/db/scope';
import { createScopedPrisma } from '../platform/db/scoped-prisma';
import { realEnvironment } from '../platform/environment';
import { memoryLimits } from '../platform/limits/testing/memory-limits';
import { encodeCursor } from '../platform/pagination/page-request';
import { everywhere } from '../platform/reach';
import { inProcessSignals } from '../platform/signals/testing/in-process-signals';
import { aCaller, askingAs } from '../platform/testing/callers';
import { ExplainingPool } from '../platform/testing/explaining-pool';
import { temporaryFolder } from '../platform/testing/temporary-folder';
import { PrismaClient } from '../prisma/clientes/client/client';
import clientes from '../subgraphs/clientes';
import { clienteOrders } from '../subgraphs/clientes/cliente/cliente.orders';
import { createClienteRepository } from '../subgraphs/clientes/cliente/cliente.repository';
import { plantClientes } from '../subgraphs/clientes/testing/plant-clientes';
import { percentile } from './statistics';

/*
 * Whether a list and a search cost the same in an organization of a million Clientes as in one of a
 * thousand: p95 of each, interleaved in one run, through the subgraph and a real PostgreSQL.
 *
 *   npm run bench:clientes [-- <clientes in the large organization>]
 */
const large = Number(process.argv[2] ?? 1_000_000);
const small = 1_000;
const rounds = 400;
const pageSize = 20;
const deepPage = large / pageSize / 2;

const list = `query ($first: Int, $after: String, $filtro: ClienteFiltro) {
  clientes(first: $first, after: $after, filtro: $filtro) { edges { node { id nome } } pageInfo { endCursor } }
}`;

const main = async () => {
  const folder = await temporaryFolder();
  const server = await startEmbeddedPostgres({ dataDir: folder.path });
  const appUrl = databaseUrl(server.appUrl, 'bench');
  await provision({ adminUrl: server.adminUrl, appUrl, databases: ['clientes'] });
  const adminUrl = databaseUrl(server.adminUrl, 'bench_clientes');
  await migrateUp({ adminUrl, subgraph: 'clientes' });
  const databaseOfApp = databaseUrl(server.appUrl, 'bench_clientes');

  const admin = new Client(adminUrl);
  await admin.connect();
  const organizations = { small: randomUUID(), large: randomUUID() };
  const loading = performance.now();
  await plantClientes(admin, organizations.large, large);
  await plantClientes(admin, organizations.small, small);
  await admin.query('VACUUM ANALYZE');
  console.log(`loaded ${large + small} clientes in ${((performance.now() - loading) / 1000).toFixed(0)} s`);

  const cursorAt = async (organizacaoId: string, offset: number) => {
    const { rows } = await admin.query(
      `SELECT nome_ordem AS valor, id FROM cliente WHERE organizacao_id = $1 AND ativo
       ORDER BY nome_ordem, id OFFSET $2 LIMIT 1`,
      [organizacaoId, offset],
    );
    return encodeCursor('NOME_ASC', rows[0]);
  };
  const deep = await cursorAt(organizations.large, (deepPage - 1) * pageSize - 1);

  const running = await clientes.start({
    environment: realEnvironment,
    links: () => () => Promise.reject(new Error('not part of this bench')),
    databaseUrl: databaseOfApp,
    signingKeysFile: '',
    firstAdministrator: { email: '', organizacao: '' },
    sendMail: async () => {},
    appUrl: 'https://app.exemplo.com',
    limits: memoryLimits(),
    signals: inProcessSignals(),
    announce: () => {},
  });
  const askingOf = (organizacaoId: string) => askingAs(aCaller({ organizacaoId }));
  const ofSmall = askingOf(organizations.small);
  const ofLarge = askingOf(organizations.large);
  const rare = { first: pageSize, filtro: { busca: 'zwing rariss' } };
  const operations = [
    { name: `first page of ${small}`, asking: ofSmall, variables: { first: pageSize } },
    { name: `first page of ${large}`, asking: ofLarge, variables: { first: pageSize } },
    { name: `page ${deepPage} of ${large}`, asking: ofLarge, variables: { first: pageSize, after: deep } },
    { name: `rare name among ${small}`, asking: ofSmall, variables: rare },
    { name: `rare name among ${large}`, asking: ofLarge, variables: rare },
  ].map((operation) => ({ ...operation, times: [] as number[] }));

  for (let round = -50; round < rounds; round += 1) {
    for (const { name, asking, variables, times } of operations) {
      const start = performance.now();
      const { data, errors } = await running.execute({ query: list, variables }, asking);
      if (round >= 0) times.push(performance.now() - start);
      const edges = (data?.clientes as { edges: unknown[] } | undefined)?.edges ?? [];
      if (errors || edges.length === 0) throw new Error(`${name}: ${JSON.stringify(errors)}`);
    }
  }
  const p95 = operations.map(({ times }) => percentile(times, 95));
  const ratio = (of: number, to: number) => (p95[of]! / p95[to]!).toFixed(2);
  operations.forEach(({ name, times }, i) => {
    console.log(
      `${name.padEnd(28)} p50 ${percentile(times, 50).toFixed(2)} ms   p95 ${p95[i]!.toFixed(2)} ms`,
    );
  });
  console.log(
    `first page, ratio of p95: ${ratio(1, 0)}; deep page: ${ratio(2, 0)}; rare name: ${ratio(4, 3)} (limit 1.5)`,
  );

  const pool = new ExplainingPool({ connectionString: databaseOfApp });
  const repository = createClienteRepository(
    createScopedPrisma<PrismaClient>(PrismaClient, pool),
    organizations.large,
  );
  await runInScope({ role: 'inquilino', organizacaoId: organizations.large }, async () => {
    const request = { ordem: 'NOME_ASC', limit: pageSize, backward: false };
    const tudo = { alcance: everywhere, documentos: everywhere };
    const { valor, id } = (
      await admin.query(
        `SELECT nome_ordem AS valor, id FROM cliente WHERE organizacao_id = $1 AND ativo ORDER BY nome_ordem, id OFFSET $2 LIMIT 1`,
        [organizations.large, (deepPage - 1) * pageSize - 1],
      )
    ).rows[0];
    await repository.listar(
      { ativo: true },
      clienteOrders.NOME_ASC,
      { ...request, from: { valor, id } },
      tudo,
    );
    await repository.listar(
      { ativo: true, busca: 'zwing rariss' },
      clienteOrders.NOME_ASC,
      { ...request, from: null },
      tudo,
    );
  });
  for (const { plan } of pool.explained) console.log(`\n${plan}`);

  await pool.end();
  await running.stop();
  await admin.end();
  await server.stop();
  await folder.remove();
};

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
