import {
  type ASTNode,
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { CodedError } from '../errors';

type Request = {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
};

/** `Type.field` of some fields of a document. */
const coordinatesOf = ({ schema, document }: Request, fields: ReadonlySet<ASTNode>): Map<ASTNode, string> => {
  const coordinates = new Map<ASTNode, string>();
  const types = new TypeInfo(schema);
  const Field = (node: ASTNode) => {
    const [type, field] = [types.getParentType(), types.getFieldDef()];
    if (fields.has(node) && type && field) coordinates.set(node, `${type.name}.${field.name}`);
  };
  visit(document, visitWithTypeInfo(types, { Field }));
  return coordinates;
};

/**
 * The type of an entity that was asked for by its key: there is no field then that it was asked for by. A refusal that
 * says of none in particular is of the first.
 */
const entityTypeOf = ({ schema, variables }: Request, { path }: GraphQLError): string | undefined => {
  const { representations } = variables;
  const asked = Array.isArray(representations) ? representations[Number(path?.[1] ?? 0)] : undefined;
  return schema.getType(String(asked?.__typename))?.name;
};

const isRefusal = ({ originalError, nodes }: GraphQLError): boolean =>
  originalError instanceof CodedError && originalError.code === 'FORBIDDEN' && nodes?.[0] !== undefined;

/**
 * What a request was refused for want of a permission: `Type.field`, or the type of an entity that another part of the
 * graph asked for. Each once, by the names of the schema: what a client calls them may say anything.
 */
export const refusedFields = (request: Request, errors: readonly GraphQLError[]): string[] => {
  const refusals = errors.filter(isRefusal);
  if (refusals.length === 0) return [];
  const coordinates = coordinatesOf(request, new Set(refusals.map(({ nodes }) => nodes![0]!)));
  const names = refusals.map((error) => {
    const coordinate = coordinates.get(error.nodes![0]!);
    return coordinate === 'Query._entities' ? entityTypeOf(request, error) : coordinate;
  });
  return [...new Set(names.filter((name) => name !== undefined))];
};
