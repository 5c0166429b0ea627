import { subgraphs } from '../subgraphs';
import { apiSchemaOf, composeSupergraph, type SubgraphSdl } from './schema-compose';

const loadSdls = (): Promise<SubgraphSdl[]> =>
  Promise.all(
    Object.entries(subgraphs)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(async ([name, load]) => ({ name, sdl: (await load()).default.sdl })),
  );

const withLastNewline = (text: string): string => `${text.trimEnd()}\n`;

/**
 * Every generated file of `schema/`, by its path inside that folder.
 *
 * @throws Error with one line for each reason why the subgraphs do not make one supergraph.
 */
export const schemaFiles = async (): Promise<ReadonlyMap<string, string>> => {
  const sdls = await loadSdls();
  const supergraph = composeSupergraph(sdls);
  return new Map([
    ...sdls.map(({ name, sdl }): [string, string] => [`subgraphs/${name}.graphql`, withLastNewline(sdl)]),
    ['supergraph.graphql', withLastNewline(supergraph)],
    ['api.graphql', withLastNewline(apiSchemaOf(supergraph))],
  ]);
};
