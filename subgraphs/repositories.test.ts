import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { PrismaPg } from '@prisma/adapter-pg';
import { Client } from 'pg';
import { fromRoot } from '../platform/project-root';
import { createTestDatabase } from '../platform/testing/test-database';
import { subgraphs } from '.';
import { readCatalogue, type Table } from './testing/isolation/catalogue';
import { type PlantedRow, plantOrganization } from './testing/isolation/plant-row';
import { idsOf, type Probes } from './testing/isolation/probes';
import { factoryIn, type Repository, repositoryFiles } from './testing/isolation/repositories';
import { snapshotOf } from './testing/isolation/snapshot';

/** Repositories whose work has no organization yet, and what keeps them from it all the same. */
const beforeAnyTenant: Readonly<Record<string, string>> = {
  'usuarios/auditoria/selagem.repository.ts': 'sealing: its own database role and policies',
  'usuarios/confirmacao/confirmacao.repository.ts': 'identity: its own database role and policies',
  'usuarios/identidade/identidade.repository.ts': 'identity: its own database role and policies',
  'usuarios/revogacao/revogacao.repository.ts': 'identity: its own database role and policies',
  'usuarios/sessao/sessao.repository.ts': 'identity: its own database role and policies',
  'usuarios/sessao/vinculo.repository.ts':
    'identity: what a token may say, in the organization that it is for',
};

type ProbeTable = Readonly<Record<string, Probes<Repository>>>;

/** The probes that a subgraph keeps beside its code, by factory name and method. */
const probesOf = (subgraph: string): ProbeTable => {
  const file = fromRoot('subgraphs', subgraph, 'isolation.probes.ts');
  return existsSync(file) ? require(file).default : {};
};

const asText = (value: unknown): string =>
  JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? inner.toString() : inner)) ?? 'undefined';

/**
 * The second lock on its own: these repositories work over a superuser's connection, which row-level
 * security does not bind, so that only their own filter by organization stands between two tenants.
 */
describe.each(Object.keys(subgraphs))('the repositories of %s', (subgraph) => {
  const files = repositoryFiles(subgraph).filter((file) => !beforeAnyTenant[`${subgraph}/${file}`]);
  const probes = probesOf(subgraph);

  it.each(files)('%s has a probe for each of its methods', (file) => {
    const { name, create } = factoryIn(subgraph, file);
    expect(Object.keys(probes[name] ?? {}).sort()).toEqual(Object.keys(create({}, randomUUID())).sort());
  });

  const methods = files.flatMap((file) => {
    const { name, create } = factoryIn(subgraph, file);
    return Object.entries(probes[name] ?? {}).map(([method, probe]) => ({ name, method, create, probe }));
  });

  describe.each(methods)('$name $method', ({ create, probe }) => {
    let database: Awaited<ReturnType<typeof createTestDatabase>>;
    let admin: Client;
    let tables: Table[];
    let rows: ReadonlyMap<string, PlantedRow>;
    const owner = randomUUID();
    const stranger = randomUUID();

    beforeAll(async () => {
      database = await createTestDatabase(subgraph);
      admin = new Client(database.adminUrl);
      await admin.connect();
      tables = await readCatalogue(admin);
      rows = await plantOrganization(admin, tables, owner);
    });
    afterAll(async () => {
      await admin.end();
      await database.drop();
    });

    /** What the probe answers for an organization, and whether it changed what the owner has. */
    const observe = async (organizacaoId: string) => {
      const { PrismaClient } = require(fromRoot('prisma', subgraph, 'client', 'client.ts'));
      // What the database itself adds for the organization of the transaction is bound to it all the same.
      const options = `-c teia.organizacao=${organizacaoId}`;
      const prisma = new PrismaClient({
        adapter: new PrismaPg({ connectionString: database.adminUrl, options }),
      });
      const before = await snapshotOf(admin, tables, owner);
      const answer = await probe(create(prisma, organizacaoId), idsOf(rows)).catch(
        (error) => `refused: ${error.code}`,
      );
      await prisma.$disconnect();
      return { answer: asText(answer), changed: (await snapshotOf(admin, tables, owner)) !== before };
    };

    it('gives a stranger nothing, and its organization what it has', async () => {
      const forStranger = await observe(stranger);
      expect(forStranger.changed).toBe(false);
      for (const row of rows.values()) {
        for (const value of Object.values(row)) {
          if (typeof value === 'string' && value.startsWith('canario-')) {
            expect(forStranger.answer).not.toContain(value);
          }
        }
      }
      const forOwner = await observe(owner);
      expect(forOwner.changed || forOwner.answer !== forStranger.answer).toBe(true);
    });
  });
});
