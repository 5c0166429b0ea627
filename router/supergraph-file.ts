import { readFile } from 'node:fs/promises';
import { Kind, parse, valueFromASTUntyped } from 'graphql';
import { z } from 'zod';
import { ConfigError } from '../platform/config';

const subgraph = z.object({ name: z.string(), url: z.url({ protocol: /^https?$/ }) });

const wrong = (file: string, why: string) => new ConfigError(`TEIA_SUPERGRAPH: ${file} ${why}.`);

const parseSupergraph = (text: string, file: string) => {
  try {
    return parse(text, { noLocation: true });
  } catch {
    throw wrong(file, 'não é um arquivo GraphQL');
  }
};

/** The HTTP address of each subgraph, by name, from the `join__Graph` enum of a supergraph. */
const subgraphUrls = (text: string, file: string): ReadonlyMap<string, readonly string[]> => {
  const graphs = parseSupergraph(text, file).definitions.find(
    (definition) => definition.kind === Kind.ENUM_TYPE_DEFINITION && definition.name.value === 'join__Graph',
  );
  if (graphs?.kind !== Kind.ENUM_TYPE_DEFINITION || !graphs.values?.length) {
    throw wrong(file, 'não é um supergrafo: falta o enum join__Graph');
  }
  return new Map(
    graphs.values.map((value) => {
      const join = value.directives?.find(({ name }) => name.value === 'join__graph');
      const given = Object.fromEntries(
        (join?.arguments ?? []).map((argument) => [argument.name.value, valueFromASTUntyped(argument.value)]),
      );
      const parsed = subgraph.safeParse(given);
      if (!parsed.success)
        throw wrong(file, `não diz um endereço http(s) para o subgrafo ${value.name.value}`);
      return [parsed.data.name, [parsed.data.url]];
    }),
  );
};

/**
 * Reads a supergraph that is not ours: its text, and the HTTP address of each of its subgraphs by name.
 *
 * @throws ConfigError naming TEIA_SUPERGRAPH when it cannot be read or is not a supergraph.
 */
export const readForeignSupergraph = async (file: string) => {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw wrong(file, `não pôde ser lido (${error.code})`);
  });
  return { text, urls: subgraphUrls(text, file) };
};

/**
 * Reads it again for a router that runs, whose links lead where the subgraphs were when it started.
 *
 * @returns a way to read the text, which rejects with a ConfigError too where a subgraph has another address or is new.
 */
export const rereadForeignSupergraph =
  (file: string, linked: ReadonlyMap<string, readonly string[]>) => async (): Promise<string> => {
    const { text, urls } = await readForeignSupergraph(file);
    const moved = [...urls].find(([name, [url]]) => linked.get(name)?.[0] !== url);
    if (moved)
      throw wrong(file, `dá outro endereço ao subgrafo ${moved[0]}: reinicie o roteador para usá-lo`);
    return text;
  };
