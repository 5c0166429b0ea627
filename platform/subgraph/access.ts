import { Directive } from 'type-graphql';
import type { Permission } from '../permissions';
import { publicTag } from './access-directives';

type Decorator = MethodDecorator & PropertyDecorator & ClassDecorator;

/**
 * Who may ask for a field: somebody with all of these permissions, or anybody who signed in when there are none. On a
 * type it holds for all of its fields but its key, and for every field that leads to it. The directive that it becomes
 * in the SDL is what is enforced.
 */
export const Exige = (...permissoes: readonly Permission[]): Decorator =>
  Directive(
    permissoes.length > 0 ? `@requiresScopes(scopes: [${JSON.stringify(permissoes)}])` : '@authenticated',
  ) as Decorator;

/** Anybody may ask for this field of the Query or Mutation type: it says so, or nobody may. */
export const Publico = (): Decorator => Directive(`@tag(name: "${publicTag}")`) as Decorator;
