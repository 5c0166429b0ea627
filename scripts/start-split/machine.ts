import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Config } from '../../platform/config';
import { findServer } from '../../platform/db/bring-up';
import { freePort } from '../../platform/free-port';
import type { KeysSetting } from '../../platform/key-file';
import { ensureSigningKeys } from '../../platform/signing-keys';
import type { Machine } from './environment';

const DEFAULT_PORT = 4000;
/** Where Prometheus' own tools look first. */
const DEFAULT_METRICS_PORT = 9464;

type OnStep = (step: string) => void;

type Options = {
  readonly config: Config;
  /** Names of the services that listen; the first at PORT, the others at free ports after it, as are metrics. */
  readonly listening: readonly string[];
  readonly onStep: OnStep;
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

const prepareKeys = async (setting: KeysSetting, given: string | undefined, made: string, onStep: OnStep) => {
  if (given) return resolve(given);
  if (await ensureSigningKeys(made, setting)) onStep(`${setting}: chaves criadas em ${made}`);
  return made;
};

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
  const madeIn = (file: string) => join(dataDir, file);
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
        TEIA_CHAVES: await prepareKeys('TEIA_CHAVES', config.TEIA_CHAVES, madeIn('chaves.json'), onStep),
        TEIA_CHAVES_INTERNAS: await prepareKeys(
          'TEIA_CHAVES_INTERNAS',
          config.TEIA_CHAVES_INTERNAS,
          madeIn('chaves-internas.json'),
          onStep,
        ),
      },
    };
    return { machine, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
