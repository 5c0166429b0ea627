import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isObjectType,
} from 'graphql';
import type { Caller } from '../caller';
import { requireCaller, requirePermission } from '../permissions';
import { type Access, accessOf, both, either, everything, isProven } from './access-directives';
import { ownTypes } from './own-types';

/** What the context of every request tells. */
export type Asked = { readonly caller: Caller | null };
type Field = GraphQLField<unknown, Asked>;
type ResolveReference = (reference: unknown, context: Asked, info: unknown) => unknown;
type Federated = { readonly apollo?: { readonly subgraph?: { resolveReference?: ResolveReference } } };

/** The fields that the subgraph resolves itself, without federation's `_entities` and `_service`. */
const ownFields = (type: GraphQLObjectType): Field[] =>
  Object.values(type.getFields()).filter(({ name }) => !name.startsWith('_'));

/** Where @apollo/subgraph keeps how an owned entity is loaded. */
const referenceOf = ({ extensions }: GraphQLObjectType) => (extensions as Federated).apollo?.subgraph;

/** What it takes to have an entity loaded: it is of no use to who may see none of its fields but the key. */
const accessToEntity = (type: GraphQLObjectType): Access => {
  const [first = null, ...others] = ownFields(type)
    .filter(({ name }) => name !== 'id')
    .map(accessOf);
  return others.reduce(either, first);
};

type Way = { readonly from?: GraphQLObjectType; readonly access: Access };

/** Every way to come by an object of each type. */
const waysTo = (schema: GraphQLSchema): Map<GraphQLObjectType, Way[]> => {
  const types = ownTypes(schema);
  const entity = schema.getType('_Entity');
  const entities = isAbstractType(entity) ? schema.getPossibleTypes(entity) : [];
  const roots = [schema.getQueryType(), schema.getMutationType()];
  const ways = new Map<GraphQLObjectType, Way[]>(
    types.map((type) => [
      type,
      [
        ...(roots.includes(type) ? [{ access: null }] : []),
        ...(entities.includes(type) ? [{ access: referenceOf(type) ? accessToEntity(type) : null }] : []),
      ],
    ]),
  );
  for (const from of types) {
    for (const field of ownFields(from)) {
      const returned = getNamedType(field.type);
      const reached = isAbstractType(returned) ? schema.getPossibleTypes(returned) : [returned];
      const way = { from, access: accessOf(field) };
      for (const type of reached) if (isObjectType(type)) ways.get(type)?.push(way);
    }
  }
  return ways;
};

/**
 * What has been shown, whichever way it was come by, by whoever holds an object of each type: its fields need not be
 * checked for that again. Supposes the most, and takes away until every way shows it.
 */
const provenByHolding = (schema: GraphQLSchema): Map<GraphQLObjectType, Access> => {
  const ways = waysTo(schema);
  const proven = new Map<GraphQLObjectType, Access>([...ways.keys()].map((type) => [type, everything]));
  const shownOn = ({ from, access }: Way): Access => both(access, from ? (proven.get(from) ?? null) : null);
  for (let changed = true; changed; ) {
    changed = false;
    for (const [type, all] of ways) {
      const shown = all.map(shownOn).reduce(either, everything);
      if (isProven(proven.get(type) ?? null, shown)) continue;
      proven.set(type, shown);
      changed = true;
    }
  }
  return proven;
};

const requireAccess = ({ caller }: Asked, permissions: NonNullable<Access>): void => {
  requireCaller(caller);
  for (const permission of permissions) requirePermission(caller, permission);
};

/**
 * Refuses what the schema says that the Caller may not ask for, before anything is read or written for it: each field
 * as its directives say, and entities as those of all of their fields say.
 */
export const guardAccess = (schema: GraphQLSchema): void => {
  const proven = provenByHolding(schema);
  for (const type of ownTypes(schema)) {
    for (const field of ownFields(type)) {
      const access = accessOf(field);
      if (!access || isProven(access, proven.get(type) ?? null)) continue;
      const resolve = field.resolve ?? defaultFieldResolver;
      field.resolve = (source, args, context, info) => {
        requireAccess(context, access);
        return resolve(source, args, context, info);
      };
    }
    const reference = referenceOf(type);
    const access = accessToEntity(type);
    const load = reference?.resolveReference;
    if (!reference || !load || !access) continue;
    // Rejects, and does not throw: each refusal is that of one entity, and others are loaded all the same.
    reference.resolveReference = async (representation, context, info) => {
      requireAccess(context, access);
      return load(representation, context, info);
    };
  }
};
