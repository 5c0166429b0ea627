import { parseArgs } from 'node:util';
import { ConfigError, readConfig } from '../platform/config';
import { migrateDown, migrateUp } from '../platform/db/migrate';
import { subgraphsWithDatabase } from '../platform/db/migration-files';
import { databaseName, databaseUrl, provision } from '../platform/db/provision';
import { migrateQueues, QUEUE_DATABASE } from '../platform/db/queue-database';
import { queueName } from '../platform/events/queue-name';
import { fromRoot } from '../platform/project-root';
import { consumers } from '../subgraphs/consumers';
import { openServer } from './open-server';

const usage = 'npm run migrate [-- subgraph [--down N]]   (--down desfaz as últimas N de um subgraph)';

const parse = () => {
  try {
    return parseArgs({ options: { down: { type: 'string' } }, allowPositionals: true });
  } catch {
    throw new ConfigError(`Uso: ${usage}`);
  }
};

const readArguments = () => {
  const { values, positionals } = parse();
  const steps = values.down === undefined ? null : Number(values.down);
  const valid = steps === null || (Number.isInteger(steps) && steps > 0 && positionals.length === 1);
  if (positionals.length > 1 || !valid) throw new ConfigError(`Uso: ${usage}`);
  return { subgraph: positionals[0], steps };
};

const main = async () => {
  const { subgraph, steps } = readArguments();
  const known = await subgraphsWithDatabase(fromRoot('prisma'));
  if (subgraph && !known.includes(subgraph)) {
    throw new ConfigError(`Não há prisma/${subgraph}; há ${known.join(', ')}.`);
  }
  const databases = subgraph ? [subgraph] : known;
  const config = readConfig();
  const hasQueues = !subgraph && !config.REDIS_URL;
  const server = await openServer(config);
  const adminUrlOf = (name: string) => databaseUrl(server.adminUrl, databaseName(server.appUrl, name));
  try {
    await provision({ ...server, databases: hasQueues ? [...databases, QUEUE_DATABASE] : databases });
    for (const name of databases) {
      const target = { adminUrl: adminUrlOf(name), subgraph: name };
      const changed = steps === null ? await migrateUp(target) : await migrateDown({ ...target, steps });
      const did = steps === null ? 'aplicada' : 'desfeita';
      console.log(
        `${name}: ${changed.map((migration) => `${migration} ${did}`).join(', ') || 'nada a fazer'}`,
      );
    }
    if (hasQueues) {
      await migrateQueues(adminUrlOf(QUEUE_DATABASE), Object.keys(consumers).map(queueName));
      console.log(`${QUEUE_DATABASE}: em dia`);
    }
  } finally {
    await server.stop();
  }
};

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
