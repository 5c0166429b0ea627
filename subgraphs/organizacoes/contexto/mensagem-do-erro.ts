import type { ErrorObject } from 'ajv';

const listed = (names: readonly unknown[]): string => names.join(', ');

const tipos: Readonly<Record<string, string>> = {
  array: 'uma lista',
  boolean: 'verdadeiro ou falso',
  integer: 'um número inteiro',
  object: 'um objeto',
  string: 'um texto',
};

/**
 * What to do about an error, in Portuguese. By the template's words alone: neither a value nor the name of a field that
 * somebody typed is repeated.
 *
 * @param desconhecidos how many fields there are that the template does not know, if that is the error.
 */
export const mensagemDoErro = (
  { keyword, params, parentSchema = {}, message = '' }: ErrorObject,
  desconhecidos: number,
): string => {
  switch (keyword) {
    case 'required':
      return 'Campo obrigatório.';
    case 'additionalProperties': {
      const quantos = desconhecidos === 1 ? 'um campo' : `${desconhecidos} campos`;
      return `Há ${quantos} que o modelo não prevê; os campos são: ${listed(Object.keys(parentSchema.properties))}.`;
    }
    case 'type':
      return `Deve ser ${tipos[params.type] ?? params.type}.`;
    case 'enum':
      return `Deve ser um destes valores: ${listed(parentSchema.enum)}.`;
    case 'minimum':
      return `Deve ser no mínimo ${params.limit}.`;
    case 'maximum':
      return `Deve ser no máximo ${params.limit}.`;
    case 'uniqueItems':
      return 'Não deve ter itens repetidos.';
    case 'pattern':
      if (params.pattern === '\\S') return 'Não pode ficar em branco.';
      return `Formato inválido. ${parentSchema.description}`;
    case 'format':
      return `Formato inválido. ${parentSchema.description}`;
    default:
      return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
  }
};
