import { registerEnumType } from 'type-graphql';

/** The 26 states and the Distrito Federal (IBGE; ISO 3166-2:BR), by abbreviation. */
const nomes = {
  AC: 'Acre',
  AL: 'Alagoas',
  AP: 'Amapá',
  AM: 'Amazonas',
  BA: 'Bahia',
  CE: 'Ceará',
  DF: 'Distrito Federal',
  ES: 'Espírito Santo',
  GO: 'Goiás',
  MA: 'Maranhão',
  MT: 'Mato Grosso',
  MS: 'Mato Grosso do Sul',
  MG: 'Minas Gerais',
  PA: 'Pará',
  PB: 'Paraíba',
  PR: 'Paraná',
  PE: 'Pernambuco',
  PI: 'Piauí',
  RJ: 'Rio de Janeiro',
  RN: 'Rio Grande do Norte',
  RS: 'Rio Grande do Sul',
  RO: 'Rondônia',
  RR: 'Roraima',
  SC: 'Santa Catarina',
  SP: 'São Paulo',
  SE: 'Sergipe',
  TO: 'Tocantins',
} as const;

export type UF = keyof typeof nomes;

const siglas = Object.keys(nomes) as UF[];

/** The abbreviations, each equal to its key: `UF.SP` is `'SP'`. */
export const UF = Object.fromEntries(siglas.map((sigla) => [sigla, sigla])) as { readonly [S in UF]: S };

registerEnumType(UF, {
  name: 'UF',
  description: 'Unidade da Federação, pela sigla (IBGE; ISO 3166-2:BR).',
  valuesConfig: Object.fromEntries(siglas.map((sigla) => [sigla, { description: `${nomes[sigla]}.` }])),
});
