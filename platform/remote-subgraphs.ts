import { createAssertionSigner } from './assertion/sign-assertion';
import type { Config } from './config';
import type { Environment } from './environment';
import type { OnClose } from './run-process';
import type { SigningKeys } from './signing-keys';
import type { SubgraphLinks } from './subgraph-link';
import { assertedHeaders } from './subgraph-links/hop-headers';
import { createHttpLinks } from './subgraph-links/http';

type Options = {
  readonly config: Config;
  readonly keys: SigningKeys;
  readonly environment: Environment;
  readonly onClose: OnClose;
  /** To each subgraph at most; as many as for the questions of people when left out. */
  readonly connections?: number;
};

/** The way to the subgraphs of ours that run in other processes, each told by a signed word who asks. */
export const linkRemoteSubgraphs = ({
  config,
  keys,
  environment,
  onClose,
  connections,
}: Options): SubgraphLinks => {
  const urls = new Map([...config.subgraphUrls].map(([name, origin]) => [name, `${origin}/graphql`]));
  const hopHeaders = assertedHeaders(createAssertionSigner(keys, environment));
  const { links, close } = createHttpLinks(urls, { environment, hopHeaders, connections });
  onClose(close);
  return links;
};
