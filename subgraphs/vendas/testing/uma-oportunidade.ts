import type { Oportunidade } from '../oportunidade/oportunidade.type';

export const agora = new Date('2026-11-22T12:00:00Z');

/** Clock and ids that are always the same. */
export const environment = { agora: () => agora, novoId: () => 'id-novo', aleatorio: () => Buffer.alloc(0) };

/** An open Oportunidade in its fourth version, except for what is given. */
export const umaOportunidade = (given: Partial<Oportunidade> = {}): Oportunidade => ({
  id: 'o1',
  titulo: 'Venda',
  clienteId: 'c1',
  funilId: 'f1',
  etapaId: 'e1',
  posicao: 'a0',
  valor: { centavos: 100n, moeda: 'BRL' },
  situacao: 'ABERTA',
  responsavelId: null,
  motivoPerdaId: null,
  observacaoPerda: null,
  previsaoFechamento: null,
  encerradaEm: null,
  ativo: true,
  versao: 4,
  criadoEm: new Date('2026-01-01T00:00:00Z'),
  atualizadoEm: new Date('2026-01-01T00:00:00Z'),
  ...given,
});
