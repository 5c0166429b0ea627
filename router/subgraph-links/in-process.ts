import type { Environment } from '../../platform/environment';
import type { OpenServices } from '../../platform/process-services';
import type { OnClose } from '../../platform/run-process';
import type { RunningSubgraph, WellKnown } from '../../platform/subgraph/define-subgraph';
import type { SubgraphLink, SubgraphLinks } from '../../platform/subgraph-link';
import { withinDeadline } from '../../platform/subgraph-links/within-deadline';
import { subgraphs } from '../../subgraphs';

type Options = {
  readonly names: readonly string[];
  /** The way to the subgraphs that run elsewhere. */
  readonly elsewhere: SubgraphLinks;
  /** Opens what the subgraphs are given. */
  readonly openServices: (links: SubgraphLinks) => Promise<OpenServices>;
  readonly environment: Pick<Environment, 'agora'>;
  readonly onClose: OnClose;
};

/** Starts subgraphs in this process and links the router, and them with each other, by a function call. */
export const startInProcess = async (options: Options) => {
  const { names, elsewhere, openServices, environment, onClose } = options;
  const running: RunningSubgraph[] = [];
  const here = new Map<string, SubgraphLink>();
  const links: SubgraphLinks = (name) => here.get(name) ?? elsewhere(name);
  const { servicesOf, signals } = await openServices(links);
  for (const name of names) {
    const { default: subgraph } = await subgraphs[name]!();
    const started = await subgraph.start(servicesOf(name));
    onClose(started.stop);
    running.push(started);
    here.set(name, withinDeadline(started.execute, environment));
  }
  const wellKnown: WellKnown = Object.assign({}, ...running.map(({ wellKnown }) => wellKnown));
  return { links, wellKnown, running, signals };
};
