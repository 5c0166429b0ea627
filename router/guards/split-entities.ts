import { getOperationAST, Kind, OperationTypeNode, parse } from 'graphql';
import type { SubgraphLink, SubgraphLinks, SubgraphResponse } from '../../platform/subgraph-link';

const name = 'representations';

/** Clients may call a variable as they like; what the gateway asks for are entities and nothing else. */
const asksForEntities = (query: string): boolean => {
  const operation = getOperationAST(parse(query));
  return (
    operation?.operation === OperationTypeNode.QUERY &&
    operation.selectionSet.selections.every(
      (selection) => selection.kind === Kind.FIELD && selection.name.value === '_entities',
    )
  );
};

/** Places of entities in a part, as places in the whole. */
const shifted = ({ errors }: SubgraphResponse, offset: number) =>
  errors?.map((error) => ({
    ...error,
    ...(error.path && {
      path: error.path.map((step, level) => (level === 1 && typeof step === 'number' ? step + offset : step)),
    }),
  })) ?? [];

const entitiesOf = ({ data }: SubgraphResponse, expected: number): readonly unknown[] => {
  const { _entities: entities } = data ?? {};
  return Array.isArray(entities) ? entities : Array.from({ length: expected }, () => null);
};

/**
 * Asks for entities in as many requests as it takes, one after the other, where the gateway asks for more at a time than
 * a subgraph answers: pages within pages lead to that.
 */
const splitting =
  (link: SubgraphLink, max: number): SubgraphLink =>
  async (request, asking) => {
    const all = request.variables?.[name];
    if (!Array.isArray(all) || all.length <= max || !asksForEntities(request.query)) {
      return link(request, asking);
    }
    const entities: unknown[] = [];
    const errors: ReturnType<typeof shifted> = [];
    for (let offset = 0; offset < all.length; offset += max) {
      const part = all.slice(offset, offset + max);
      const response = await link({ ...request, variables: { ...request.variables, [name]: part } }, asking);
      entities.push(...entitiesOf(response, part.length));
      errors.push(...shifted(response, offset));
    }
    return { data: { _entities: entities }, ...(errors.length > 0 && { errors }) };
  };

export const splitEntities =
  (links: SubgraphLinks, max: number): SubgraphLinks =>
  (subgraph) =>
    splitting(links(subgraph), max);
