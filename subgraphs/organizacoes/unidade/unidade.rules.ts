import { tidy } from '../../../platform/text';
import type { CamposEndereco } from '../../../platform/values';
import type { EnderecoDaUnidade } from './unidade.type';

const optional = (text?: string | null): string | null => tidy(text ?? '') || null;

/** An address as it is stored: tidied, and null where there is nothing. */
export const enderecoArrumado = (endereco: CamposEndereco): EnderecoDaUnidade => ({
  logradouro: tidy(endereco.logradouro),
  numero: optional(endereco.numero),
  complemento: optional(endereco.complemento),
  bairro: optional(endereco.bairro),
  cidade: tidy(endereco.cidade),
  uf: endereco.uf,
  cep: endereco.cep,
});
