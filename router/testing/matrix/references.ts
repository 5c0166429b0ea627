import { type GraphQLObjectType, type GraphQLSchema, isUnionType } from 'graphql';
import type { Subgraph } from '../../../platform/subgraph/define-subgraph';
import { subgraphs } from '../../../subgraphs';
import { selectionOf } from './graph';
import type { Kind } from './kinds';

/** For every entity, the kind of thing that it is: one of which every subgraph that knows it has something to tell. */
const entities: Readonly<Record<string, Kind>> = {
  Cliente: 'clienteComVenda',
  Equipe: 'equipe',
  Oportunidade: 'oportunidade',
  Organizacao: 'organizacao',
  Usuario: 'usuario',
};

export type Reference = {
  readonly subgraph: string;
  readonly type: string;
  /** Undefined for an entity of which nobody has said what it is. */
  readonly kind: Kind | undefined;
  /** Asks for all that the subgraph tells of the entities in `$representations`. */
  readonly query: string;
  /** Whether the subgraph knows no more of it than what it is told. */
  readonly isEcho: boolean;
};

const entitiesOf = (schema: GraphQLSchema): readonly GraphQLObjectType[] => {
  const union = schema.getType('_Entity');
  return isUnionType(union) ? union.getTypes() : [];
};

/** Every entity of every subgraph, as the router asks for it. */
export const readReferences = async (): Promise<Reference[]> => {
  const all = Object.entries(subgraphs).map(async ([name, load]) => {
    const subgraph: Subgraph = (await load()).default;
    return entitiesOf(subgraph.schema).map((type) => ({
      subgraph: name,
      type: type.name,
      kind: entities[type.name],
      query: `query ($representations: [_Any!]!) {
        _entities(representations: $representations) { ... on ${type.name} ${selectionOf(type, 3)} }
      }`,
      isEcho: Object.keys(type.getFields()).every((field) => field === 'id'),
    }));
  });
  return (await Promise.all(all)).flat();
};

/** The entities that are not covered, and those that are none, with what to do. */
export const uncoveredEntities = (references: readonly Reference[]): string[] => {
  const where = 'router/testing/matrix/references.ts';
  return [
    ...references
      .filter(({ kind }) => !kind)
      .map(({ subgraph, type }) => `${subgraph} has an entity ${type}: say in ${where} of what kind it is`),
    ...Object.keys(entities)
      .filter((name) => !references.some(({ type }) => type === name))
      .map((name) => `no subgraph has an entity ${name}: remove it from ${where}`),
  ];
};
