import { z } from 'zod';
import { origins } from './origins';

const longestMs = 600_000;
const error = `deve ser um número de milissegundos de 1 a ${longestMs}`;
const milliseconds = z.coerce.number({ error }).int({ error }).min(1, { error }).max(longestMs, { error });

/** How long whom waits for subgraphs. */
export const subgraphSettings = {
  TEIA_PRAZO_MS: milliseconds.default(30_000),
  TEIA_PRAZO_SUBGRAFO_MS: milliseconds.default(10_000),
};

const settingForm = /^SUBGRAPH_([A-Z][A-Z0-9]*)_(URL|PRAZO_MS)$/;

/** The setting with a subgraph's addresses. */
export const subgraphUrlSetting = (subgraph: string): string => `SUBGRAPH_${subgraph.toUpperCase()}_URL`;

/** The setting with the time that a subgraph has. */
export const subgraphTimeoutSetting = (subgraph: string): string =>
  `SUBGRAPH_${subgraph.toUpperCase()}_PRAZO_MS`;

export const isSubgraphTimeoutSetting = (name: string): boolean => settingForm.exec(name)?.[2] === 'PRAZO_MS';

export type SubgraphSettings = {
  /** The origins (`http://vendas:4001`) of all instances of the subgraphs in other processes, by name of the subgraph. */
  readonly subgraphUrls: ReadonlyMap<string, readonly string[]>;
  /** How long one request to a subgraph may take, in milliseconds, where it is not TEIA_PRAZO_SUBGRAFO_MS. */
  readonly subgraphTimeouts: ReadonlyMap<string, number>;
};

/** Reads the settings that name a subgraph; `wrong` has a line for each that cannot be read. */
export const readSubgraphSettings = (
  given: Readonly<Record<string, string | undefined>>,
): SubgraphSettings & { readonly wrong: readonly string[] } => {
  const subgraphUrls = new Map<string, readonly string[]>();
  const subgraphTimeouts = new Map<string, number>();
  const wrong: string[] = [];
  for (const [name, value] of Object.entries(given)) {
    const [, upper = '', kind] = settingForm.exec(name) ?? [];
    const subgraph = upper.toLowerCase();
    if (kind === 'URL') {
      const { data } = origins.safeParse(value);
      if (data) subgraphUrls.set(subgraph, data);
      else {
        wrong.push(
          `${name}: deve ser só http(s)://servidor:porta, sem caminho; mais de um, separados por vírgulas.`,
        );
      }
    }
    if (kind === 'PRAZO_MS') {
      const { data } = milliseconds.safeParse(value);
      if (data) subgraphTimeouts.set(subgraph, data);
      else wrong.push(`${name}: ${error}.`);
    }
  }
  return { subgraphUrls, subgraphTimeouts, wrong };
};
