import { Directive } from 'type-graphql';

/**
 * What a field costs the one who asks for it, where that is more than loading an object, which is 1. The router refuses
 * operations that cost too much.
 */
export const Custa = (peso: number): MethodDecorator & PropertyDecorator =>
  Directive(`@cost(weight: ${peso})`) as MethodDecorator & PropertyDecorator;
