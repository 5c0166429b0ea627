import type { UF } from '../platform/values';
import { type Cidade, logradouros } from './cidades';
import type { Random } from './random';

export type Endereco = {
  readonly rotulo: string;
  readonly logradouro: string;
  readonly numero: string;
  readonly complemento: string | null;
  readonly bairro: string;
  readonly cidade: string;
  readonly uf: UF;
  readonly cep: string;
};

const umCep = (random: Random, [primeiro, ultimo]: Cidade['ceps']): string =>
  String(random.integer(Number(primeiro), Number(ultimo))).padStart(8, '0');

export const umEndereco = (
  random: Random,
  { nome, uf, ceps, bairros }: Cidade,
  { rotulo, empresa }: { rotulo: string; empresa: boolean },
): Endereco => ({
  rotulo,
  logradouro: random.pick(logradouros),
  numero: String(random.integer(10, 2900)),
  complemento: random.chance(0.4) ? `${empresa ? 'Sala' : 'Apto.'} ${random.integer(11, 184)}` : null,
  bairro: random.pick(bairros),
  cidade: nome,
  uf,
  cep: umCep(random, ceps),
});
