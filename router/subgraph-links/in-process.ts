import type { OpenServices } from '../../platform/process-services';
import type { OnClose } from '../../platform/run-process';
import type { RunningSubgraph, WellKnown } from '../../platform/subgraph/define-subgraph';
import type { SubgraphLinks } from '../../platform/subgraph-link';
import { subgraphs } from '../../subgraphs';

type Options = {
  readonly names: readonly string[];
  /** The way to the subgraphs that run elsewhere. */
  readonly elsewhere: SubgraphLinks;
  /** Opens what the subgraphs are given. */
  readonly openServices: (links: SubgraphLinks) => Promise<OpenServices>;
  readonly onClose: OnClose;
};

/** Starts subgraphs in this process and links the router, and them with each other, by a function call. */
export const startInProcess = async ({ names, elsewhere, openServices, onClose }: Options) => {
  const running = new Map<string, RunningSubgraph>();
  const links: SubgraphLinks = (name) => running.get(name)?.execute ?? elsewhere(name);
  const { servicesOf, signals } = await openServices(links);
  for (const name of names) {
    const { default: subgraph } = await subgraphs[name]!();
    const started = await subgraph.start(servicesOf(name));
    onClose(started.stop);
    running.set(name, started);
  }
  const wellKnown: WellKnown = Object.assign({}, ...[...running.values()].map(({ wellKnown }) => wellKnown));
  return { links, wellKnown, running: [...running.values()], signals };
};
