import { Ajv2020, type ErrorObject } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import localize from 'ajv-i18n/localize/pt-BR';
import type { CampoInvalido } from '../../../platform/errors';
import type { Segmento } from '../organizacao/segmento';
import { modelos } from './modelos';

/** Nobody reads more than this, and a document may be wrong thousands of times. */
const maxCampos = 50;

const ajv = new Ajv2020({ strict: true, allErrors: true, verbose: true });
addFormats(ajv, ['date']);

const validators = {
  CLINICA: ajv.compile(modelos.CLINICA.esquema),
  LOJA: ajv.compile(modelos.LOJA.esquema),
  SERVICOS: ajv.compile(modelos.SERVICOS.esquema),
} satisfies Record<Segmento, unknown>;

const listed = (names: readonly unknown[]): string => names.join(', ');

const tipos: Readonly<Record<string, string>> = {
  array: 'uma lista',
  boolean: 'verdadeiro ou falso',
  integer: 'um número inteiro',
  object: 'um objeto',
  string: 'um texto',
};

/**
 * What to do about an error. By the template's words alone: neither a value nor the name of a field that somebody
 * typed is repeated.
 */
const mensagemDe = ({ keyword, params, parentSchema = {}, message = '' }: ErrorObject): string => {
  switch (keyword) {
    case 'required':
      return 'Campo obrigatório.';
    case 'additionalProperties':
      return `Há um campo que o modelo não prevê; os campos são: ${listed(Object.keys(parentSchema.properties))}.`;
    case 'type':
      return `Deve ser ${tipos[params.type] ?? params.type}.`;
    case 'enum':
      return `Deve ser um destes valores: ${listed(parentSchema.enum)}.`;
    case 'pattern':
    case 'format':
      return `Formato inválido. ${parentSchema.description}`;
    default:
      return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
  }
};

/** `/horarios/0/abre` below `dados.documento` is `dados.documento.horarios.0.abre`. */
const campoDe = ({ instancePath, keyword, params }: ErrorObject, caminho: string): string => {
  const missing = keyword === 'required' ? `/${params.missingProperty}` : '';
  return `${caminho}${instancePath}${missing}`.replaceAll('/', '.');
};

/**
 * Where a document does not fit the template of a segmento, and what to do about it; empty when it fits.
 *
 * @param caminho of the document in the input, for example `dados.documento`.
 */
export const problemasDoDocumento = (
  segmento: Segmento,
  documento: unknown,
  caminho: string,
): CampoInvalido[] => {
  const validate = validators[segmento];
  if (validate(documento)) return [];
  const errors = (validate.errors ?? []).slice(0, maxCampos);
  localize(errors);
  return errors.map((error) => ({ campo: campoDe(error, caminho), mensagem: mensagemDe(error) }));
};
