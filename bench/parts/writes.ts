import { openDatabase } from '../../platform/db/open-database';
import { runInScope } from '../../platform/db/scope';
import { createUnitOfWork } from '../../platform/db/unit-of-work';
import { realEnvironment } from '../../platform/environment';
import { aCaller, aRequestInfo } from '../../platform/testing/callers';
import { type Prisma, PrismaClient } from '../../prisma/clientes/client/client';
import { createClienteRepository } from '../../subgraphs/clientes/cliente/cliente.repository';
import type { Cliente } from '../../subgraphs/clientes/cliente/cliente.type';
import { openClient } from '../measure/ask';
import { burst, type Roles, type Sample } from '../measure/burst';
import type { Settings } from '../measure/interleave';
import { markdownTable, ratioOf } from '../report';
import { median } from '../statistics';
import { type Database, startDatabase } from '../teia/database';
import { signIn } from '../teia/demo-data';
import { startOneProcess } from '../teia/start';

type Write = (n: number) => Promise<unknown>;
type Way = { readonly name: string; readonly write: Write; readonly samples: Sample[] };

const aCliente = (): Cliente => {
  const agora = realEnvironment.agora();
  return {
    id: realEnvironment.novoId(),
    tipo: 'FISICA' as Cliente['tipo'],
    nome: 'Maria da Silva',
    nomeOrdem: 'maria da silva',
    documento: null,
    emails: ['maria@example.com'],
    telefones: ['+5511900001111'],
    dataNascimento: null,
    responsavelId: null,
    ativo: true,
    versao: 1,
    criadoEm: agora,
    atualizadoEm: agora,
  };
};

/** The same row by the same repository, without what a unit of work adds and with it. */
const openWays = (database: Database) => {
  const { prisma, stop } = openDatabase<PrismaClient>(PrismaClient, database.urlOf('clientes'));
  const author = aCaller();
  const { organizacaoId } = author;
  const inTenant = <Result>(work: () => Promise<Result>) =>
    runInScope({ role: 'inquilino', organizacaoId }, work);
  const unitOfWork = createUnitOfWork({
    db: prisma,
    repositories: (tx: Prisma.TransactionClient) => ({
      clientes: createClienteRepository(tx, organizacaoId),
    }),
    author,
    info: aRequestInfo(),
    environment: realEnvironment,
  });
  const rowAlone = () =>
    inTenant(() =>
      prisma.$transaction((tx) => createClienteRepository(tx, organizacaoId).inserir(aCliente())),
    );
  const withRecords = () =>
    inTenant(() =>
      unitOfWork(async ({ clientes, record }) => {
        const cliente = aCliente();
        await clientes.inserir(cliente);
        record({
          acao: 'cliente.criar',
          entidade: 'Cliente',
          id: cliente.id,
          campos: ['nome', 'tipo'],
          evento: { tipo: 'ClienteCriado', dados: { clienteId: cliente.id, responsavelId: null } },
        });
        return { id: cliente.id };
      }),
    );
  return {
    ways: { 'transaction with the row alone': rowAlone, 'with outbox and audit': withRecords },
    stop,
  };
};

const mutation = 'mutation ($dados: CriarClienteInput!) { criarCliente(dados: $dados) { id nome } }';
const dados = {
  tipo: 'FISICA',
  nome: 'Maria da Silva',
  emails: ['maria@example.com'],
  telefones: ['+5511900001111'],
};

const measure = async (ways: Readonly<Record<string, Write>>, roles: Roles, settings: Settings) => {
  const { rounds, seconds, inFlight } = settings;
  const results = Object.entries(ways).map(([name, write]): Way => ({ name, write, samples: [] }));
  for (let round = -1; round < rounds; round++) {
    for (const { write, samples } of results) {
      const send = async (n: number) => {
        const start = performance.now();
        await write(n);
        return { ms: performance.now() - start };
      };
      const sample = await burst({ send, inFlight, seconds, roles });
      if (round >= 0) samples.push(sample);
    }
  }
  return results;
};

const rowsOf = (results: readonly Way[], node: string) =>
  results.map(({ name, samples }) => {
    const mid = (value: (sample: Sample) => number) => median(samples.map(value));
    return [
      name,
      mid(({ perSecond }) => perSecond),
      mid(({ p50 }) => p50),
      mid(({ p95 }) => p95),
      mid(({ p99 }) => p99),
      mid(({ cpu }) => cpu[node]!),
      mid(({ cpu }) => cpu.postgres!),
      ratioOf(samples, results[0]!.samples, ({ perSecond }) => perSecond),
    ];
  });

/** What a write costs: the row alone, with its event and audit record, and through the graph. */
export const benchWrites = async (settings: Settings): Promise<void> => {
  const database = await startDatabase();
  const postgres = database.pids;
  try {
    const { ways, stop } = openWays(database);
    const inside = await measure(ways, { postgres }, settings);
    await stop();

    const teia = await startOneProcess(database);
    const client = openClient(
      { url: teia.url, headers: await signIn(teia.url, database) },
      settings.inFlight,
    );
    const body = JSON.stringify({ query: mutation, variables: { dados } });
    const roles = { teia: () => [teia.router.pid], postgres };
    const graph = await measure(
      {
        'criarCliente over HTTP': () => client.ask(body),
        'the same with an Idempotency-Key': () =>
          client.ask(body, { 'idempotency-key': realEnvironment.novoId() }),
      },
      roles,
      settings,
    );
    await client.close();
    await teia.stop();

    const head = [
      '',
      'writes/s',
      'p50 ms',
      'p95 ms',
      'p99 ms',
      'CPU ms, Node',
      'CPU ms, PostgreSQL',
      'ratio',
    ];
    console.log(`\n${markdownTable(head, rowsOf(inside, 'client'))}`);
    console.log('\nThrough the graph, one process, events being delivered meanwhile:\n');
    console.log(markdownTable(head, rowsOf(graph, 'teia')));
  } finally {
    await database.stop();
  }
};
