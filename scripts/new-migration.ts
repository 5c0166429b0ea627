import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diffSchema } from '../platform/db/diff-schema';
import { startEmbeddedPostgres } from '../platform/db/embedded';
import { migrateUp } from '../platform/db/migrate';
import { databaseName, databaseUrl, provision } from '../platform/db/provision';
import { fromRoot } from '../platform/project-root';

const readArguments = () => {
  const [subgraph, name, ...rest] = process.argv.slice(2);
  if (!subgraph || !name || rest.length > 0 || !/^[a-z][a-z0-9_]*$/.test(name)) {
    throw new Error('Uso: npm run migration:new <subgraph> <nome_curto>');
  }
  return { subgraph, name };
};

/** What the migrations lack towards schema.prisma, found on a database that lives no longer than this. */
const findDifference = async (subgraph: string) => {
  const datamodel = await readFile(fromRoot('prisma', subgraph, 'schema.prisma'), 'utf8');
  const folder = await mkdtemp(join(tmpdir(), 'teia-migration-'));
  // So that the database's own user can enter when root runs this.
  await chmod(folder, 0o755);
  const server = await startEmbeddedPostgres({ dataDir: folder });
  try {
    await provision({ ...server, databases: [subgraph] });
    const adminUrl = databaseUrl(server.adminUrl, databaseName(server.appUrl, subgraph));
    await migrateUp({ adminUrl, subgraph });
    return await diffSchema(adminUrl, datamodel);
  } finally {
    await server.stop();
    await rm(folder, { recursive: true });
  }
};

/** Row-level security is not part of Prisma's language: each new table must be given it by hand. */
const securityNote = (up: string): string => {
  const tables = [...up.matchAll(/^CREATE TABLE "(\w+)"/gm)].map(([, table]) => table);
  if (tables.length === 0) return '';
  const calls = tables.map((table) => `-- SELECT teia.proteger('"${table}"');`);
  return `\n-- Tables of a tenant must be protected; remove the mark from each such line:\n${calls.join('\n')}\n`;
};

const main = async () => {
  const { subgraph, name } = readArguments();
  const difference = await findDifference(subgraph);
  if (!difference) {
    console.log(`As migrações de ${subgraph} já levam ao schema.prisma: nada a fazer.`);
    return;
  }
  const timestamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = fromRoot('prisma', subgraph, 'migrations', `${timestamp}_${name}`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'migration.sql'), `${difference.up}\n${securityNote(difference.up)}`);
  await writeFile(join(folder, 'down.sql'), `${difference.down}\n`);
  console.log(`Revise ${folder}/migration.sql e down.sql antes de aplicar.`);
};

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
