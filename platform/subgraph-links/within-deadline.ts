import type { Environment } from '../environment';
import type { SubgraphLink } from '../subgraph-link';
import { SubgraphFailure } from './failure';

/**
 * Waits for a subgraph of this process no longer than anybody waits for the answer. The work goes on: whether a change
 * was made is then as unknown as over HTTP.
 *
 * @throws SubgraphFailure `deadline`.
 */
export const withinDeadline =
  (link: SubgraphLink, { agora }: Pick<Environment, 'agora'>): SubgraphLink =>
  async (request, asking) => {
    const { prazo } = asking.info;
    if (prazo === null) return link(request, asking);
    const left = prazo - agora().getTime();
    if (left <= 0) throw new SubgraphFailure('deadline', 'no time is left');
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      const failure = () => reject(new SubgraphFailure('deadline', `no answer within ${left} ms`));
      timer = setTimeout(failure, left);
    });
    try {
      return await Promise.race([link(request, asking), tooLate]);
    } finally {
      clearTimeout(timer);
    }
  };
