import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Config, givenTuning } from '../../platform/config';
import { findServer } from '../../platform/db/bring-up';
import { ensureKeyFile } from '../../platform/ensure-key-file';
import { freePort } from '../../platform/free-port';
import type { KeysSetting } from '../../platform/key-file';
import type { Machine } from './environment';

const DEFAULT_PORT = 4000;
/** Where Prometheus' own tools look first. */
const DEFAULT_METRICS_PORT = 9464;

type Options = {
  readonly config: Config;
  /** Names of the services that listen; the first at PORT, the others at free ports after it, as are metrics. */
  readonly listening: readonly string[];
  readonly onStep: (step: string) => void;
};

const choosePorts = async ({ config, listening }: Options) => {
  const taken = new Set<number>();
  const from = async (first: number): Promise<ReadonlyMap<string, number>> => {
    const ports = new Map<string, number>();
    let port = first;
    for (const name of listening) {
      while (taken.has(port)) port = await freePort(port + 1);
      taken.add(port);
      ports.set(name, port);
    }
    return ports;
  };
  return {
    ports: await from(config.PORT === 0 ? await freePort(0) : (config.PORT ?? DEFAULT_PORT)),
    metricsPorts: await from(await freePort(config.METRICS_PORT ?? DEFAULT_METRICS_PORT)),
  };
};

/** Services have another working directory. */
const tuningOf = ({ TEIA_MANIFESTO: files }: Config): Record<string, string> => ({
  ...givenTuning(),
  ...(files && { TEIA_MANIFESTO: files.map((file) => resolve(file)).join(',') }),
});

/**
 * Brings up on this machine what services find in their containers: PostgreSQL (embedded, or the caller's own),
 * key files, ports.
 *
 * @throws ConfigError naming the setting that is in the way.
 */
export const prepareMachine = async (options: Options) => {
  const { config, onStep } = options;
  const { ports, metricsPorts } = await choosePorts(options);
  const { appUrl, adminUrl, dataDir, stop } = await findServer(config, onStep);
  // Services have another working directory.
  const keyFile = async (setting: KeysSetting) =>
    resolve(await ensureKeyFile({ config, setting, dataDir, onStep }));
  try {
    await mkdir(dataDir, { recursive: true });
    const machine: Machine = {
      config,
      databaseUrl: appUrl,
      databaseAdminUrl: adminUrl,
      dataDir,
      ports,
      metricsPorts,
      keyFiles: {
        TEIA_CHAVES: await keyFile('TEIA_CHAVES'),
        TEIA_CHAVES_INTERNAS: await keyFile('TEIA_CHAVES_INTERNAS'),
      },
      tuning: tuningOf(config),
    };
    return { machine, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
