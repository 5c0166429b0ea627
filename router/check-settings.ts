import {
  type Config,
  ConfigError,
  checkSubgraphUrls,
  essentialToUsuarios,
  requireInProduction,
} from '../platform/config';
import { subgraphUrlSetting } from '../platform/settings/subgraphs';

/**
 * A subgraph in a process of its own has to be told where all others answer, and the internal port is where those
 * of the router's process do; nobody else would ask there.
 */
const checkInternalPort = ({ INTERNAL_PORT, subgraphUrls }: Config, here: readonly string[]): void => {
  const isNeeded = here.length > 0 && subgraphUrls.size > 0;
  if (isNeeded && INTERNAL_PORT === undefined) {
    throw new ConfigError(
      `INTERNAL_PORT: falta a porta para os outros processos chegarem a ${here.join(', ')}, que rodam neste.`,
    );
  }
  if (!isNeeded && INTERNAL_PORT !== undefined) {
    throw new ConfigError(
      'INTERNAL_PORT: só serve quando uns subgrafos rodam neste processo e outros não (SUBGRAPH_..._URL).',
    );
  }
};

/**
 * @param known every subgraph of ours.
 * @returns those that run in the router's process, having no address of their own.
 * @throws ConfigError naming the settings that do not fit.
 */
export const findSubgraphsHere = (config: Config, known: readonly string[]): string[] => {
  checkSubgraphUrls(config, known);
  const here = known.filter((name) => !config.subgraphUrls.has(name));
  requireInProduction(config, [
    ...(here.length > 0 ? (['DATABASE_URL'] as const) : []),
    ...(here.includes('usuarios') ? essentialToUsuarios : []),
    ...(config.subgraphUrls.size > 0 ? (['TEIA_CHAVES_INTERNAS'] as const) : []),
  ]);
  checkInternalPort(config, here);
  return here;
};

/**
 * @param known every subgraph of a supergraph that is not ours.
 * @throws ConfigError naming the settings that say where our subgraphs are, or that are for none of those.
 */
export const checkForeignSettings = (config: Config, known: readonly string[]): void => {
  const { INTERNAL_PORT, subgraphUrls } = config;
  const given = [
    ...[...subgraphUrls.keys()].map(subgraphUrlSetting),
    ...(INTERNAL_PORT === undefined ? [] : ['INTERNAL_PORT']),
  ];
  const lines = given.map(
    (name) => `${name}: não se usa com TEIA_SUPERGRAPH, que diz onde está o que serve.`,
  );
  if (lines.length > 0) throw new ConfigError(lines.join('\n'));
  checkSubgraphUrls(config, known);
};
