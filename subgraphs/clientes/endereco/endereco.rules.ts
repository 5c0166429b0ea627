import { tidy } from '../../../platform/text';
import type { CamposEndereco } from '../../../platform/values';

const optional = (text?: string | null): string | null => tidy(text ?? '') || null;

/** The fields of an address as they are stored: tidied, and null where there is nothing. */
export const camposDoEndereco = (dados: CamposEndereco & { rotulo?: string | null }) => ({
  rotulo: optional(dados.rotulo),
  logradouro: tidy(dados.logradouro),
  numero: optional(dados.numero),
  complemento: optional(dados.complemento),
  bairro: optional(dados.bairro),
  cidade: tidy(dados.cidade),
  uf: dados.uf,
  cep: dados.cep ?? null,
});
