import { Ajv2020, type ErrorObject } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import localize from 'ajv-i18n/localize/pt-BR';
import type { CampoInvalido } from '../../../platform/errors';
import type { Segmento } from '../organizacao/segmento';
import { problemasDosHorarios } from './conferir-horarios';
import { mensagemDoErro } from './mensagem-do-erro';
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

/** `/horarios/0/abre` below `dados.documento` is `dados.documento.horarios.0.abre`. */
const campoDe = ({ instancePath, keyword, params }: ErrorObject, caminho: string): string => {
  const missing = keyword === 'required' ? `/${params.missingProperty}` : '';
  return `${caminho}${instancePath}${missing}`.replaceAll('/', '.');
};

/** The errors with the message of each; the unknown fields of an object, which cannot be named, are one. */
const problemasDosErros = (errors: ErrorObject[], caminho: string): CampoInvalido[] => {
  const desconhecidos = new Map<string, number>();
  const distintos = errors.filter(({ keyword, instancePath }) => {
    if (keyword !== 'additionalProperties') return true;
    const antes = desconhecidos.get(instancePath) ?? 0;
    desconhecidos.set(instancePath, antes + 1);
    return antes === 0;
  });
  const ditos = distintos.slice(0, maxCampos);
  localize(ditos);
  return ditos.map((error) => ({
    campo: campoDe(error, caminho),
    mensagem: mensagemDoErro(error, desconhecidos.get(error.instancePath) ?? 0),
  }));
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
  return validate(documento)
    ? problemasDosHorarios(documento as object, caminho)
    : problemasDosErros(validate.errors ?? [], caminho);
};
