import { type GraphQLObjectType, getNamedType, isObjectType, isRequiredArgument } from 'graphql';
import type { Permission } from '../../../platform/permissions';
import { type Access, both } from '../../../platform/subgraph/access-directives';
import { accessTo, documentOf, type Field, objectTypes, type RootField, rootFields } from './graph';
import { namesOf } from './requests';

type Step = { readonly type: string; readonly field: Field; readonly access: Access };

/** Somebody asks for fields of one type, that take the same, by way of others from a query. */
export type Path = {
  readonly root: RootField;
  readonly way: readonly Step[];
  readonly type: string;
  readonly fields: readonly Field[];
  /** What the fields at its end take. */
  readonly access: readonly Permission[];
};

const isAskedAlone = ({ args }: Field) => !args.some(isRequiredArgument);

const beginnings = rootFields
  .filter((root) => root.operation === 'query' && (isAskedAlone(root.field) || namesOf(root).length > 0))
  .map((root) => ({ root, way: [{ type: 'Query', field: root.field, access: root.access }] as Step[] }));

type Way = (typeof beginnings)[number];

const takes = (access: Access, some: readonly Permission[]): boolean =>
  some.some((permission) => access?.includes(permission));

/** The shortest way to a type, if any, that takes none of these permissions. */
const wayTo = (type: string, without: readonly Permission[]): Way | undefined => {
  const seen = new Set<string>();
  let ways: Way[] = beginnings.filter(({ root }) => !takes(root.access, without));
  while (ways.length > 0) {
    const further: Way[] = [];
    for (const { root, way } of ways) {
      const reached = getNamedType(way.at(-1)!.field.type);
      if (reached.name === type) return { root, way };
      if (!isObjectType(reached) || seen.has(reached.name)) continue;
      seen.add(reached.name);
      for (const field of Object.values(reached.getFields())) {
        const access = accessTo(reached.name, field.name);
        if (!isAskedAlone(field) || takes(access, without)) continue;
        further.push({ root, way: [...way, { type: reached.name, field, access }] });
      }
    }
    ways = further;
  }
  return undefined;
};

/** The fields of a type that say who may ask, those that take the same together. */
const declaredIn = (type: GraphQLObjectType): { access: readonly Permission[]; fields: Field[] }[] => {
  const groups = new Map<string, { access: readonly Permission[]; fields: Field[] }>();
  for (const field of Object.values(type.getFields())) {
    const access = accessTo(type.name, field.name);
    if (!access) continue;
    const group = groups.get(access.join()) ?? { access, fields: [] };
    group.fields.push(field);
    groups.set(access.join(), group);
  }
  return [...groups.values()];
};

/**
 * A way to every field that says who may ask, if possible one that takes less than the field. Fields of one type that
 * take the same are asked for together where the way takes as much: who may not is refused before it comes to them.
 */
const findPaths = () => {
  const paths: Path[] = [];
  const lost: string[] = [];
  for (const type of objectTypes) {
    for (const { access, fields } of declaredIn(type)) {
      const open = wayTo(type.name, access);
      const found = open ?? wayTo(type.name, []);
      const groups = open ? fields.map((field) => [field]) : [fields];
      if (found) paths.push(...groups.map((group) => ({ ...found, type: type.name, fields: group, access })));
      else lost.push(...fields.map(({ name }) => `${type.name}.${name}`));
    }
  }
  return { paths, lost };
};

/** All paths, and the fields to which no query leads. */
export const { paths, lost } = findPaths();

/** What it takes to go the way to its end, and to ask for what is there. */
export const accessAlong = ({ way, access }: Path): readonly Permission[] =>
  way.reduce<Access>((sum, step) => both(sum, step.access), access) ?? access;

/** One question, beside which anybody who signed in may ask who may do what. */
export const documentAlong = ({ root, way, fields }: Path, args: object, beside: string): string => {
  const selected = fields.map((field) =>
    isObjectType(getNamedType(field.type)) ? `${field.name} { __typename }` : field.name,
  );
  const inside = way
    .slice(1)
    .reduceRight(
      (inner, { field }) => `{ __typename ${field.name} ${inner} }`,
      `{ __typename ${selected.join(' ')} }`,
    );
  return documentOf(root, args, inside).replace(/ }$/, ` ${beside} }`);
};

/** What is answered at the names, one inside of the other: all there is in lists. */
export const answeredAt = (data: unknown, names: readonly string[]): unknown[] =>
  names.reduce<unknown[]>(
    (values, name) =>
      values.flatMap((value) => (value as Record<string, unknown> | null)?.[name] ?? []).flat(),
    [data],
  );
