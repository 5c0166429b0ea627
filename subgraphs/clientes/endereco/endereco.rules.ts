import { tidyOrNull } from '../../../platform/text';
import { type CamposEndereco, enderecoArrumado } from '../../../platform/values';

/** The fields of an address of a Cliente as they are stored. */
export const camposDoEndereco = (dados: CamposEndereco & { rotulo?: string | null }) => ({
  rotulo: tidyOrNull(dados.rotulo),
  ...enderecoArrumado(dados),
});
