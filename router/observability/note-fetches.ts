import type { Asking } from '../../platform/caller';
import type { SubgraphLinks } from '../../platform/subgraph-link';
import { noteOf } from './operation-note';

const note = (asking: Asking, subgraph: string, ms: number, isAnswered: boolean): void => {
  const fetches = noteOf(asking)?.fetches;
  const earlier = fetches?.get(subgraph) ?? { count: 0, ms: 0, isAnswered: true };
  fetches?.set(subgraph, {
    count: earlier.count + 1,
    ms: earlier.ms + ms,
    isAnswered: earlier.isAnswered && isAnswered,
  });
};

/** The same links, with each fetch told to the note of the request that it is for. */
export const noteFetches =
  (links: SubgraphLinks): SubgraphLinks =>
  (name) => {
    const link = links(name);
    return async (request, asking) => {
      const begun = performance.now();
      let isAnswered = false;
      try {
        const response = await link(request, asking);
        isAnswered = true;
        return response;
      } finally {
        note(asking, name, performance.now() - begun, isAnswered);
      }
    };
  };
