import { migrateUp } from '../../../db/migrate';
import { databaseName, databaseUrl, OWNER_ROLE, provision } from '../../../db/provision';
import { migrateQueues, QUEUE_DATABASE } from '../../../db/queue-database';
import { queryOnce } from '../../../testing/with-client';
import { queueName } from '../../queue-name';
import { destino } from './settings';

const tables = {
  clientes: `
    CREATE TABLE prova_contador (
      organizacao_id uuid, id uuid, valor bigint NOT NULL, PRIMARY KEY (organizacao_id, id)
    );
    SELECT teia.proteger('prova_contador');`,
  vendas: `
    CREATE TABLE prova_efeito (
      ordem bigserial, organizacao_id uuid NOT NULL, agregado_id uuid NOT NULL, sequencia bigint NOT NULL,
      evento_id uuid NOT NULL, correlation_id text NOT NULL
    );
    SELECT teia.proteger('prova_efeito');
    CREATE TABLE prova_registro (organizacao_id uuid, evento_id uuid, PRIMARY KEY (organizacao_id, evento_id));
    SELECT teia.proteger('prova_registro');
    GRANT USAGE ON SEQUENCE prova_efeito_ordem_seq TO teia_aplicacao;`,
};

/** Makes the databases of a source, of a consumer and of the queues, with the tables in which this test keeps its books. */
export const prepareDatabases = async ({ adminUrl, appUrl }: { adminUrl: string; appUrl: string }) => {
  const subgraphs = Object.keys(tables) as (keyof typeof tables)[];
  await provision({ adminUrl, appUrl, databases: [...subgraphs, QUEUE_DATABASE] });
  const urls = (base: string) => (name: string) => databaseUrl(base, databaseName(appUrl, name));
  const [asAdmin, asApp] = [urls(adminUrl), urls(appUrl)];
  for (const subgraph of subgraphs) {
    await migrateUp({ adminUrl: asAdmin(subgraph), subgraph });
    await queryOnce(asAdmin(subgraph), `SET ROLE ${OWNER_ROLE}; ${tables[subgraph]}`);
  }
  await migrateQueues(asAdmin(QUEUE_DATABASE), [queueName(destino)]);
  return { asAdmin, asApp };
};

export type Databases = Awaited<ReturnType<typeof prepareDatabases>>;
