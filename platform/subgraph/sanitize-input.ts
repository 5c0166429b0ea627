import { GraphQLID, type GraphQLInputType, isInputObjectType, isListType, isNonNullType } from 'graphql';
import type { CampoInvalido } from '../errors';
import { isStorable } from '../text';
import { isUuid, nilUuid } from '../uuid';

/**
 * A coerced argument as resolvers get it: an id that is no UUID, which no row can have, becomes the Nil
 * UUID and so answers like any id that does not exist; text that cannot be stored is added to `campos`.
 */
export const sanitizeInput = (
  type: GraphQLInputType,
  value: unknown,
  path: string,
  campos: CampoInvalido[],
): unknown => {
  if (isNonNullType(type)) return sanitizeInput(type.ofType, value, path, campos);
  if (isListType(type) && Array.isArray(value)) {
    return value.map((item, index) => sanitizeInput(type.ofType, item, `${path}.${index}`, campos));
  }
  if (isInputObjectType(type) && typeof value === 'object' && value !== null) {
    const fields = type.getFields();
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => {
        const field = fields[name];
        return [name, field ? sanitizeInput(field.type, inner, `${path}.${name}`, campos) : inner];
      }),
    );
  }
  if (typeof value !== 'string') return value;
  if (type === GraphQLID) return isUuid(value) ? value.toLowerCase() : nilUuid;
  if (!isStorable(value)) {
    campos.push({ campo: path, mensagem: 'Contém caracteres inválidos. Remova-os e tente de novo.' });
  }
  return value;
};
