import { type ConstDirectiveNode, Kind, parseConstValue, valueFromASTUntyped } from 'graphql';
import { type Permission, permissionNames } from '../permissions';

/** Who may ask: those with all of these permissions, whoever signed in if there are none, anybody if null. */
export type Access = readonly Permission[] | null;

/** Nobody could show more. */
export const everything: Access = permissionNames;

/** What somebody has shown who passed both. */
export const both = (one: Access, other: Access): Access =>
  one && other ? [...new Set([...one, ...other])] : (one ?? other);

/** What somebody has shown who passed either. */
export const either = (one: Access, other: Access): Access =>
  one && other ? one.filter((permission) => other.includes(permission)) : null;

export const isProven = (wanted: Access, shown: Access): boolean =>
  wanted === null || (shown !== null && wanted.every((permission) => shown.includes(permission)));

type Declaring = { readonly astNode?: { readonly directives?: readonly ConstDirectiveNode[] } | null };

const ofDirective = ({ name, arguments: [scopes] = [] }: ConstDirectiveNode): Access => {
  if (name.value === 'authenticated') return [];
  if (name.value !== 'requiresScopes' || !scopes) return null;
  const [all, ...alternatives] = valueFromASTUntyped(scopes.value) as Permission[][];
  if (alternatives.length > 0) throw new Error('@requiresScopes with alternatives is not enforced');
  return all ?? [];
};

/** What the directives of a type or field say. */
export const accessOf = ({ astNode }: Declaring): Access =>
  (astNode?.directives ?? []).map(ofDirective).reduce(both, null);

/** What tells that it was not forgotten to say who may ask. */
export const publicTag = 'publico';

/** Whether it says in so many words that anybody may ask. */
export const isPublic = ({ astNode }: Declaring): boolean =>
  astNode?.directives?.some(
    ({ name, arguments: [tag] = [] }) =>
      name.value === 'tag' && tag?.value.kind === Kind.STRING && tag.value.value === publicTag,
  ) ?? false;

const isAccess = ({ name }: ConstDirectiveNode): boolean =>
  name.value === 'authenticated' || name.value === 'requiresScopes';

const directive = (name: string, args: object): ConstDirectiveNode => ({
  kind: Kind.DIRECTIVE,
  name: { kind: Kind.NAME, value: name },
  arguments: Object.entries(args).map(([key, value]) => ({
    kind: Kind.ARGUMENT,
    name: { kind: Kind.NAME, value: key },
    value: parseConstValue(JSON.stringify(value)),
  })),
});

/** These directives, saying this of who may ask and nothing else. */
export const withAccess = (
  directives: readonly ConstDirectiveNode[] = [],
  access: Access,
): ConstDirectiveNode[] => {
  const others = directives.filter((one) => !isAccess(one));
  if (!access) return others;
  return [
    ...others,
    access.length > 0 ? directive('requiresScopes', { scopes: [access] }) : directive('authenticated', {}),
  ];
};
