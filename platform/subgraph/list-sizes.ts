import {
  type ConstDirectiveNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isListType,
  isObjectType,
  Kind,
  parse,
} from 'graphql';
import { defaultPageSize } from '../pagination/page-request';
import { ownTypes } from './own-types';
import { setDirectives } from './set-directives';

type Field = GraphQLField<unknown, unknown>;

/** A list that is not by pages and says nothing of itself: those of a form, of a person, of a category. */
const usualLength = 10;

const isByPages = ({ type, args }: Field): boolean => {
  const returned = getNamedType(type);
  return (
    isObjectType(returned) &&
    returned.getFields().edges !== undefined &&
    ['first', 'last'].every((size) => args.some(({ name }) => name === size))
  );
};

const isEdges = (type: GraphQLObjectType, { name }: Field): boolean =>
  name === 'edges' && type.name.endsWith('Connection');

const parseDirective = (text: string): ConstDirectiveNode => {
  const [definition] = parse(`type A { a: Int ${text} }`, { noLocation: true }).definitions;
  const fields = definition?.kind === Kind.OBJECT_TYPE_DEFINITION ? definition.fields : undefined;
  return fields![0]!.directives![0]!;
};

const byPages = parseDirective(
  `@listSize(assumedSize: ${defaultPageSize}, slicingArguments: ["first", "last"], sizedFields: ["edges"], requireOneSlicingArgument: false)`,
);
const whole = parseDirective(`@listSize(assumedSize: ${usualLength})`);

/**
 * Says of every list how long it is, as far as nobody said it with `@listSize`: of a page by its arguments, of all others
 * by what is usual. The router reckons with it what an operation costs.
 */
export const declareListSizes = (schema: GraphQLSchema): void => {
  for (const type of ownTypes(schema)) {
    for (const field of Object.values(type.getFields())) {
      const declared = field.astNode?.directives ?? [];
      if (declared.some(({ name }) => name.value === 'listSize')) continue;
      const isList = isListType(getNullableType(field.type));
      const size = isByPages(field) ? byPages : isList && !isEdges(type, field) ? whole : null;
      if (size) setDirectives(type, field, [...declared, size]);
    }
  }
};
