import { withoutRequest } from '../../platform/caller';
import { createDatabaseCheck } from '../../platform/db/database-check';
import type { Health } from '../../platform/health/health';
import { instancesCheck } from '../../platform/health/instances-check';
import type { OpenServices } from '../../platform/process-services';
import type { OnClose } from '../../platform/run-process';
import type { SubgraphLinks } from '../../platform/subgraph-link';

type Told = { readonly health: Pick<Health, 'observe'>; readonly onClose: OnClose };

/**
 * Has subgraphs in other processes checked.
 *
 * @param origins of the instances of each, by its name.
 */
export const observeElsewhere = (
  origins: ReadonlyMap<string, readonly string[]>,
  health: Pick<Health, 'observe'>,
): void => {
  for (const [name, instances] of origins) {
    health.observe({ name, costs: 'a branch', run: instancesCheck(instances) });
  }
};

/** Has subgraphs of this process checked: each is as well as its database. */
export const observeHere = (
  names: readonly string[],
  { servicesOf }: Pick<OpenServices, 'servicesOf'>,
  { health, onClose }: Told,
): void => {
  for (const name of names) {
    const { check, close } = createDatabaseCheck(servicesOf(name).databaseUrl);
    onClose(close);
    health.observe({ name, costs: 'a branch', run: check });
  }
};

/** Has subgraphs of somebody else checked, by the one question that each of any kind answers. */
export const observeForeign = (
  names: readonly string[],
  links: SubgraphLinks,
  health: Pick<Health, 'observe'>,
): void => {
  for (const name of names) {
    const asking = { caller: null, info: withoutRequest(`health-${name}`) };
    const run = async () => {
      await links(name)({ query: '{ __typename }' }, asking);
    };
    health.observe({ name, costs: 'a branch', run });
  }
};
