import type { OnClose } from '../../platform/run-process';
import type { ProcessServices, RunningSubgraph, WellKnown } from '../../platform/subgraph/define-subgraph';
import type { SubgraphLinks } from '../../platform/subgraph-link';
import { subgraphs } from '../../subgraphs';

type Options = {
  readonly names: readonly string[];
  /** The way to the subgraphs that run elsewhere. */
  readonly elsewhere: SubgraphLinks;
  /** Opens what the subgraphs are given. */
  readonly openServices: (links: SubgraphLinks) => Promise<(name: string) => ProcessServices>;
  readonly onClose: OnClose;
};

/** Starts subgraphs in this process and links the router, and them with each other, by a function call. */
export const startInProcess = async ({ names, elsewhere, openServices, onClose }: Options) => {
  const running = new Map<string, RunningSubgraph>();
  const links: SubgraphLinks = (name) => running.get(name)?.execute ?? elsewhere(name);
  const servicesOf = await openServices(links);
  for (const name of names) {
    const { default: subgraph } = await subgraphs[name]!();
    const started = await subgraph.start(servicesOf(name));
    onClose(started.stop);
    running.set(name, started);
  }
  const wellKnown: WellKnown = Object.assign({}, ...[...running.values()].map(({ wellKnown }) => wellKnown));
  const { signals } = servicesOf(names[0]!);
  return { links, wellKnown, running: [...running.values()], signals };
};
