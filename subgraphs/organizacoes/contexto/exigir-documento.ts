import { badUserInput, conflict } from '../../../platform/errors';
import type { Segmento } from '../organizacao/segmento';
import { problemasDoDocumento } from './conferir-documento';

/**
 * @param caminho of the document in the input, for example `dados.documento`.
 * @throws CodedError BAD_USER_INPUT with each place where what was sent does not fit the template of the segmento.
 */
export const exigirDocumentoDoModelo = (segmento: Segmento, documento: unknown, caminho: string): void => {
  const campos = problemasDoDocumento(segmento, documento, caminho);
  if (campos.length > 0) throw badUserInput(campos, 'CONTEXTO_FORA_DO_MODELO');
};

/** @throws CodedError CONFLICT with each place where what is stored does not fit the template of the segmento. */
export const exigirDocumentoGuardadoDoModelo = (
  segmento: Segmento,
  documento: unknown,
  message: string,
): void => {
  const campos = problemasDoDocumento(segmento, documento, 'contexto.documento');
  if (campos.length > 0) throw conflict('CONTEXTO_INCOMPATIVEL', message, campos);
};
