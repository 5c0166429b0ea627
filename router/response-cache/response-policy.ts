import {
  type DocumentNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { fragmentsOf } from '../document';
import { readFields, withPossible } from '../schema-fields';
import type { AppliedDirective, SupergraphDirectives } from '../supergraph-directives';

/** How long an answer may be kept, in seconds, and whether for everybody. */
export type ResponsePolicy = { readonly maxAge: number; readonly scope: 'PUBLIC' | 'PRIVATE' };

type FieldPolicy = {
  /** In seconds; undefined for that of what the field belongs to. */
  readonly maxAge: number | undefined;
  readonly isPrivate: boolean;
  /** To what the field leads. */
  readonly target: GraphQLNamedType;
};

type Hint = { readonly maxAge?: number; readonly scope?: string; readonly inheritMaxAge?: boolean };

const restrictsAccess: readonly string[] = ['authenticated', 'requiresScopes', 'policy'];

const hintOf = (directives: readonly AppliedDirective[]): Hint =>
  directives.find(({ name }) => name === 'cacheControl')?.args ?? {};

const isForOne = ({ maxAge, scope }: Hint): boolean =>
  scope === 'PRIVATE' || (maxAge !== undefined && scope === undefined);

/** What the first says counts; what else it may be can only shorten it. */
const shortest = ([first, ...others]: readonly Hint[]): number | undefined =>
  first?.maxAge === undefined
    ? undefined
    : Math.min(first.maxAge, ...others.flatMap(({ maxAge = [] }) => maxAge));

/** Of every field of a schema. */
const readFieldPolicies = (schema: GraphQLSchema, directives: SupergraphDirectives) => {
  const read = (parent: GraphQLNamedType, field: string, target: GraphQLNamedType): FieldPolicy => {
    const isComposite = isCompositeType(target);
    const ofField = withPossible(schema, parent).map((name) => directives(name, field));
    const ofType = withPossible(schema, target).map((name) => directives(name));
    const applied = [...ofField, ...ofType].flat();
    const [fieldHints, typeHints] = [ofField.map(hintOf), ofType.map(hintOf)];
    const hints = [...fieldHints, ...typeHints];
    const isRoot = parent === schema.getQueryType();
    const inherits = !isRoot && (!isComposite || hints.some(({ inheritMaxAge }) => inheritMaxAge));
    return {
      maxAge: shortest(fieldHints) ?? shortest(typeHints) ?? (inherits ? undefined : 0),
      isPrivate: hints.some(isForOne) || applied.some(({ name }) => restrictsAccess.includes(name)),
      target,
    };
  };

  return readFields(schema, (type, { name, type: returned }) => read(type, name, getNamedType(returned)));
};

/**
 * Reads from a supergraph how long answers may be kept, by the rules of Apollo's cache control: a field lasts as its
 * `@cacheControl` says, or else that of the type to which it leads; one of the Query type, or that leads to objects,
 * lasts no time at all without either, and a scalar as long as what it belongs to. The shortest time is that of the
 * answer. More careful than Apollo's, an answer is for everybody only where every hint says PUBLIC and no field demands
 * anything of who asks; an interface or union lasts no longer, and is no less private, than any of its types.
 */
export const readResponsePolicies = (schema: GraphQLSchema, directives: SupergraphDirectives) => {
  const fields = readFieldPolicies(schema, directives);

  /** Null for an answer that must not be kept. The document must have been validated. */
  return (document: DocumentNode, operation: OperationDefinitionNode): ResponsePolicy | null => {
    if (operation.operation !== 'query') return null;
    const fragments = fragmentsOf(document);
    let maxAge = Number.POSITIVE_INFINITY;
    let isPrivate = false;
    const count = (set: SelectionSetNode | undefined, parent: string): void => {
      for (const selection of set?.selections ?? []) {
        // Most answers are not to be kept, as their first field tells.
        if (maxAge === 0) return;
        if (selection.kind === Kind.FIELD) {
          const name = selection.name.value;
          if (name === '__typename') continue;
          // What there is no policy for is introspection.
          const policy = fields.get(parent)?.get(name);
          maxAge = Math.min(maxAge, policy ? (policy.maxAge ?? maxAge) : 0);
          isPrivate ||= policy?.isPrivate ?? true;
          count(selection.selectionSet, policy?.target.name ?? '');
        } else if (selection.kind === Kind.INLINE_FRAGMENT) {
          count(selection.selectionSet, selection.typeCondition?.name.value ?? parent);
        } else {
          const fragment = fragments.get(selection.name.value);
          // Spread again it has nothing to add.
          fragments.delete(selection.name.value);
          count(fragment?.selectionSet, fragment?.typeCondition.name.value ?? '');
        }
      }
    };
    count(operation.selectionSet, schema.getQueryType()?.name ?? '');
    return maxAge > 0 && Number.isFinite(maxAge) ? { maxAge, scope: isPrivate ? 'PRIVATE' : 'PUBLIC' } : null;
  };
};
