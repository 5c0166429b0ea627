import { tidy, tidyOrNull } from '../text';
import type { CamposEndereco } from './endereco.type';

/** The fields of an address as they are stored: tidied, and null where there is nothing. */
export const enderecoArrumado = (endereco: CamposEndereco) => ({
  logradouro: tidy(endereco.logradouro),
  numero: tidyOrNull(endereco.numero),
  complemento: tidyOrNull(endereco.complemento),
  bairro: tidyOrNull(endereco.bairro),
  cidade: tidy(endereco.cidade),
  uf: endereco.uf,
  cep: endereco.cep,
});
