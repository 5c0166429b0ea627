import type { GraphQLFormattedError } from 'graphql';
import type { Asking } from './caller';
import { notFound, unavailable } from './errors';
import type { SubgraphLinks } from './subgraph-link';

const isRefusal = ({ extensions }: GraphQLFormattedError): boolean => extensions?.code === 'FORBIDDEN';

type EntityType = {
  /** The subgraph that owns the entity. */
  readonly subgraph: string;
  readonly typeName: string;
  /** What people call it, in an error. */
  readonly nome: string;
};

/**
 * Asks other domains about their entities through the graph, as the same Caller: what it may not see
 * answers null, like what does not exist.
 */
export const createGraphClient = (links: SubgraphLinks, asking: Asking) => {
  /** @throws CodedError SUBGRAPH_UNAVAILABLE when the domain does not answer. */
  const entity = async <Fields>(
    { subgraph, typeName }: Omit<EntityType, 'nome'>,
    id: string,
    fields: string,
  ): Promise<Fields | null> => {
    const query = `query($representations:[_Any!]!){_entities(representations:$representations){...on ${typeName}{${fields}}}}`;
    const variables = { representations: [{ __typename: typeName, id }] };
    const response = await links(subgraph)({ query, variables }, asking).catch(() => {
      throw unavailable();
    });
    if (response.errors?.every(isRefusal)) return null;
    const entities = response.data?._entities;
    if (!Array.isArray(entities) || response.errors) throw unavailable();
    return entities[0] ?? null;
  };

  /**
   * @throws CodedError NOT_FOUND, naming the field, when the id is not that of an entity the Caller may see;
   * SUBGRAPH_UNAVAILABLE when its domain does not answer.
   */
  const requireEntity = async (type: EntityType, id: string, campo: string): Promise<void> => {
    if (!(await entity(type, id, 'id'))) throw notFound(type.nome, campo);
  };

  return { entity, requireEntity };
};

export type GraphClient = ReturnType<typeof createGraphClient>;
