import { join } from 'node:path';
import type { JSONWebKeySet } from 'jose';
import type { Config } from '../platform/config';
import { bringUpDatabases } from '../platform/db/bring-up';
import type { Environment } from '../platform/environment';
import { ensureSigningKeys } from '../platform/signing-keys';
import type { WellKnown } from '../platform/subgraph/define-subgraph';
import { subgraphs } from '../subgraphs';
import { firstAdministrator } from './first-administrator';
import { startInProcess } from './subgraph-links/in-process';

type Options = {
  readonly config: Config;
  readonly environment: Environment;
  /** Told of each step as it begins, in Portuguese. */
  readonly onStep: (step: string) => void;
  /** Told what only the operator may know: it must not end up in a log. */
  readonly announce: (line: string) => void;
};

const prepareKeysFile = async ({ config, onStep }: Options, dataDir: string): Promise<string> => {
  if (config.TEIA_CHAVES) return config.TEIA_CHAVES;
  const file = join(dataDir, 'chaves.json');
  if (await ensureSigningKeys(file)) onStep(`Chaves de assinatura criadas em ${file}`);
  return file;
};

/** The key set that usuarios publishes, for the router to verify tokens with. */
export const jwksOf = (wellKnown: WellKnown) => async () =>
  (await wellKnown['jwks.json']?.()) as JSONWebKeySet;

/** Starts every subgraph in this process, each over its own database. */
export const startSupergraph = async (options: Options) => {
  const { config, environment, onStep, announce } = options;
  const databases = await bringUpDatabases(config, Object.keys(subgraphs), onStep);
  try {
    const signingKeysFile = await prepareKeysFile(options, databases.dataDir);
    const { links, wellKnown, close } = await startInProcess((name) => {
      onStep(`Iniciando ${name}`);
      return {
        environment,
        databaseUrl: databases.urlOf(name),
        signingKeysFile,
        firstAdministrator: firstAdministrator(config),
        announce,
      };
    });
    return {
      links,
      wellKnown,
      jwks: jwksOf(wellKnown),
      close: async () => {
        await close();
        await databases.stop();
      },
    };
  } catch (error) {
    await databases.stop();
    throw error;
  }
};
