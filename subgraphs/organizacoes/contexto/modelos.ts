import type { Segmento } from '../organizacao/segmento';
import type { ModeloDeContexto } from './modelo.type';
import clinica from './modelos/clinica.json';
import loja from './modelos/loja.json';
import servicos from './modelos/servicos.json';

/**
 * What each kind of business tells about itself. A template that changes so that a document may no longer fit gets
 * another version, here and in its `$id`; documents keep the version of the one that they fitted.
 */
export const modelos: Readonly<Record<Segmento, ModeloDeContexto>> = {
  CLINICA: { segmento: 'CLINICA', nome: clinica.title, versao: 1, esquema: clinica },
  LOJA: { segmento: 'LOJA', nome: loja.title, versao: 1, esquema: loja },
  SERVICOS: { segmento: 'SERVICOS', nome: servicos.title, versao: 1, esquema: servicos },
};
