import { getMetadataStorage, type ValidationError, validate } from 'class-validator';
import { type GraphQLResolveInfo, getNamedType } from 'graphql';
import type { ResolverData } from 'type-graphql';
import { badUserInput, type CampoInvalido } from '../errors';

const flatten = (errors: readonly ValidationError[], path: string): CampoInvalido[] =>
  errors.flatMap(({ property, constraints = {}, children = [] }) => {
    const campo = path ? `${path}.${property}` : property;
    return [
      ...Object.values(constraints).map((mensagem) => ({ campo, mensagem })),
      ...flatten(children, campo),
    ];
  });

/** The name of the argument that is of this input type; class-validator is not told of it. */
const argumentName = (inputClass: string, info: GraphQLResolveInfo): string =>
  info.parentType.getFields()[info.fieldName]?.args.find(({ type }) => getNamedType(type).name === inputClass)
    ?.name ?? '';

/**
 * Checks an input against the class-validator decorators of its class.
 *
 * @throws CodedError BAD_USER_INPUT with every field that is wrong, by its path from the argument down.
 */
export const validateInput = async (value: unknown, type: unknown, { info }: ResolverData): Promise<void> => {
  if (typeof value !== 'object' || value === null || typeof type !== 'function') return;
  // forbidUnknownValues would refuse a class for having no rule at all.
  if (getMetadataStorage().getTargetValidationMetadatas(type, '', false, false).length === 0) return;
  const inputs = Array.isArray(value) ? value.filter((item) => typeof item === 'object') : [value];
  const errors = await Promise.all(
    inputs.map((input) => validate(input, { forbidUnknownValues: true, skipMissingProperties: true })),
  );
  const campos = flatten(errors.flat(), argumentName(type.name, info));
  if (campos.length > 0) throw badUserInput(campos);
};
