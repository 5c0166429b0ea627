import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
} from 'graphql';
import { type Access, accessOf, both, isPublic, withAccess } from './access-directives';
import { ownTypes } from './own-types';
import { setDirectives } from './set-directives';

type Field = GraphQLField<unknown, unknown>;

/** What a field leads to: the nodes, if it is a list by pages. */
const ledTo = ({ type }: Field): GraphQLNamedType => {
  const returned = getNamedType(type);
  const edges = isObjectType(returned) && returned.getFields().edges;
  const edge = edges && getNamedType(edges.type);
  const node = isObjectType(edge) && edge.getFields().node;
  return node ? getNamedType(node.type) : returned;
};

/** An entity's key is no secret: whoever points to the entity says it as well. */
const isKey = (type: GraphQLObjectType, { name }: Field): boolean =>
  name === 'id' && (type.astNode?.directives?.some((directive) => directive.name.value === 'key') ?? false);

/**
 * Makes of what types say of all of their fields something that each field says, and each field that leads to such a
 * type: a directive on an entity's type would hold for the fields that other subgraphs add to it.
 *
 * @param extended names of the other subgraphs' entities to which this one adds fields.
 * @returns what is wrong, one line for each field.
 */
export const declareAccess = (schema: GraphQLSchema, extended: readonly string[]): string[] => {
  const types = ownTypes(schema);
  const ofTypes = new Map<GraphQLNamedType, Access>(types.map((type) => [type, accessOf(type)]));
  const ofType = (type: GraphQLNamedType): Access => ofTypes.get(type) ?? null;
  const problems: string[] = [];

  const declareField = (type: GraphQLObjectType, field: Field, mustSay: boolean): void => {
    const ofParent = isKey(type, field) ? null : ofType(type);
    const access = [accessOf(field), ofParent, ofType(ledTo(field))].reduce(both);
    if (access) setDirectives(type, field, withAccess(field.astNode?.directives, access));
    const name = `${type.name}.${field.name}`;
    if (access && isPublic(field)) {
      problems.push(`${name} is @Publico and needs ${access.join(', ') || 'somebody who signed in'}`);
    }
    if (!access && !isPublic(field) && mustSay) problems.push(`${name} needs @Exige or @Publico`);
  };

  for (const type of types) {
    const isRoot = type === schema.getQueryType() || type === schema.getMutationType();
    const isExtended = extended.includes(type.name);
    for (const field of Object.values(type.getFields())) {
      declareField(type, field, isRoot || (isExtended && !isKey(type, field)));
    }
  }
  for (const type of types) {
    if (type.astNode)
      type.astNode = { ...type.astNode, directives: withAccess(type.astNode.directives, null) };
  }
  return problems;
};
