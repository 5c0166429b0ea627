import { dirname } from 'node:path';
import type { Config } from '../../platform/config';
import type { KeysSetting } from '../../platform/key-file';
import type { ComposeFile } from '../compose-file';

/** What stands on this machine for what a service finds in its container. */
export type Machine = {
  readonly config: Pick<
    Config,
    | 'NODE_ENV'
    | 'TEIA_PROXIES'
    | 'REDIS_URL'
    | 'TEIA_ADMIN_EMAIL'
    | 'TEIA_ADMIN_SENHA'
    | 'TEIA_ORGANIZACAO'
    | 'TEIA_APP_URL'
    | 'SMTP_URL'
    | 'TEIA_EMAIL_REMETENTE'
  >;
  readonly databaseUrl: string;
  readonly databaseAdminUrl: string | undefined;
  readonly dataDir: string;
  /** The port of each service that listens. */
  readonly ports: ReadonlyMap<string, number>;
  /** And that of its metrics. */
  readonly metricsPorts: ReadonlyMap<string, number>;
  readonly keyFiles: Readonly<Record<KeysSetting, string>>;
  /** What containers have from a file of settings: the same for every service. */
  readonly tuning: Readonly<Record<string, string>>;
};

type Place = { readonly compose: ComposeFile; readonly machine: Machine; readonly service: string };

const strange = (service: string, variable: string, why: string) =>
  new Error(`docker-compose.yml: ${variable} de ${service} ${why}.`);

const subgraphUrl = ({ compose, machine, service }: Place, variable: string, given: string): string => {
  const { hostname, port } = new URL(given);
  const here = machine.ports.get(hostname);
  if (!here || compose.services[hostname]?.environment.PORT !== port) {
    throw strange(service, variable, `aponta para ${hostname}:${port}, onde nenhum serviço atende`);
  }
  return `http://localhost:${here}`;
};

const keyFile =
  (setting: KeysSetting) =>
  ({ compose, machine, service }: Place, _variable: string, given: string): string => {
    if (!compose.services[service]?.volumes.has(dirname(given))) {
      throw strange(service, setting, `não está numa pasta que o serviço recebe: ${given}`);
    }
    return machine.keyFiles[setting];
  };

type Fill = (place: Place, variable: string, given: string) => string | undefined;

const fills: Readonly<Record<string, Fill>> = {
  NODE_ENV: ({ machine }) => machine.config.NODE_ENV,
  PORT: ({ machine, service }) => String(machine.ports.get(service)),
  TEIA_PROXIES: ({ machine }) => machine.config.TEIA_PROXIES.join(','),
  METRICS_PORT: ({ machine, service }) => String(machine.metricsPorts.get(service)),
  SUBGRAPH: (_place, _variable, given) => given,
  DATABASE_URL: ({ machine }) => machine.databaseUrl,
  DATABASE_ADMIN_URL: ({ machine }) => machine.databaseAdminUrl,
  REDIS_URL: ({ machine }) => machine.config.REDIS_URL,
  TEIA_DATA_DIR: ({ machine }) => machine.dataDir,
  TEIA_CHAVES: keyFile('TEIA_CHAVES'),
  TEIA_CHAVES_INTERNAS: keyFile('TEIA_CHAVES_INTERNAS'),
  TEIA_ADMIN_EMAIL: ({ machine }) => machine.config.TEIA_ADMIN_EMAIL,
  TEIA_ADMIN_SENHA: ({ machine }) => machine.config.TEIA_ADMIN_SENHA,
  TEIA_ORGANIZACAO: ({ machine }) => machine.config.TEIA_ORGANIZACAO,
  TEIA_APP_URL: ({ machine }) => machine.config.TEIA_APP_URL,
  SMTP_URL: ({ machine }) => machine.config.SMTP_URL,
  TEIA_EMAIL_REMETENTE: ({ machine }) => machine.config.TEIA_EMAIL_REMETENTE,
};

const fillOf = (variable: string): Fill | undefined =>
  /^SUBGRAPH_.+_URL$/.test(variable) ? subgraphUrl : fills[variable];

/**
 * The variables of a service as docker-compose.yml names them, with the values that they have on this machine.
 *
 * @throws Error naming the service and the variable when docker-compose.yml gives one that has no value here.
 */
export const environmentOf = (
  compose: ComposeFile,
  machine: Machine,
  service: string,
): Record<string, string> => {
  const place = { compose, machine, service };
  const filled = Object.entries(compose.services[service]?.environment ?? {}).map(([variable, given]) => {
    const fill = fillOf(variable);
    if (!fill) throw strange(service, variable, 'não tem valor conhecido fora de um contêiner');
    return [variable, fill(place, variable, given)] as const;
  });
  return {
    ...machine.tuning,
    ...Object.fromEntries(filled.filter((entry): entry is [string, string] => entry[1] !== undefined)),
  };
};
