import { Directive } from 'type-graphql';

type Decorator = MethodDecorator & PropertyDecorator;

/**
 * The router may give the same person the same answer for that long, in seconds. Only for what nobody edits: whoever
 * reads after they wrote is to find what they wrote.
 */
export const Guardavel = (seconds: number): Decorator =>
  Directive(`@cacheControl(maxAge: ${seconds}, scope: PRIVATE)`) as Decorator;
