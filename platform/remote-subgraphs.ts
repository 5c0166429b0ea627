import { createAssertionSigner } from './assertion/sign-assertion';
import type { Config } from './config';
import type { Environment } from './environment';
import type { OnClose } from './run-process';
import type { SigningKeys } from './signing-keys';
import type { SubgraphLink, SubgraphLinks } from './subgraph-link';
import { assertedHeaders } from './subgraph-links/hop-headers';
import { createHttpLinks } from './subgraph-links/http';

type Options = {
  readonly config: Pick<Config, 'subgraphUrls' | 'subgraphTimeouts' | 'TEIA_PRAZO_SUBGRAFO_MS'>;
  readonly keys: SigningKeys;
  readonly environment: Environment;
  readonly onClose: OnClose;
};

type Restriction = Pick<Parameters<typeof createHttpLinks>[1], 'connections' | 'unprotected'>;

const openLinks = (
  { config, keys, environment, onClose }: Options,
  names: readonly string[],
  restriction: Restriction = {},
): SubgraphLinks => {
  const urls = new Map(
    names.map((name) => [name, config.subgraphUrls.get(name)!.map((origin) => `${origin}/graphql`)]),
  );
  const { links, close } = createHttpLinks(urls, {
    environment,
    hopHeaders: assertedHeaders(createAssertionSigner(keys, environment)),
    timeout: config.TEIA_PRAZO_SUBGRAFO_MS,
    timeouts: config.subgraphTimeouts,
    readyPath: '/health/ready',
    ...restriction,
  });
  onClose(close);
  return links;
};

/** The way to the subgraphs of ours that run in other processes, each told by a signed word who asks. */
export const linkRemoteSubgraphs = (options: Options): SubgraphLinks =>
  openLinks(options, [...options.config.subgraphUrls.keys()]);

/**
 * A way to one of them over a connection of its own, which what people ask can neither fill nor close: for what this
 * process itself has to know, and asks for again and again.
 */
export const linkRemoteSubgraphApart = (options: Options, name: string): SubgraphLink =>
  openLinks(options, [name], { connections: 1, unprotected: true })(name);
