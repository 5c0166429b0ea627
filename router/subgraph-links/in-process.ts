import type { ProcessServices, RunningSubgraph, WellKnown } from '../../platform/subgraph/define-subgraph';
import type { SubgraphLinks } from '../../platform/subgraph-link';
import { subgraphs } from '../../subgraphs';

/**
 * Starts every subgraph in this process and links the router, and them with each other, by a function call.
 *
 * @param servicesOf what each subgraph is given, by its name.
 */
export const startInProcess = async (servicesOf: (name: string) => Omit<ProcessServices, 'links'>) => {
  const running = new Map<string, RunningSubgraph>();

  const close = async (): Promise<void> => {
    await Promise.all([...running.values()].map(({ stop }) => stop()));
  };

  const links: SubgraphLinks = (name) => {
    const subgraph = running.get(name);
    if (!subgraph) throw new Error(`subgraph ${name} is not running`);
    return subgraph.execute;
  };

  try {
    for (const [name, load] of Object.entries(subgraphs)) {
      const { default: subgraph } = await load();
      running.set(name, await subgraph.start({ ...servicesOf(name), links }));
    }
  } catch (error) {
    await close();
    throw error;
  }

  const wellKnown: WellKnown = Object.assign(
    {},
    ...[...running.values()].map((subgraph) => subgraph.wellKnown),
  );
  return { links, wellKnown, close };
};
