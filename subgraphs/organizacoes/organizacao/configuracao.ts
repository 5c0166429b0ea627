import type { Moeda } from '../../../platform/values';
import type { DiaDaSemana } from './dia-da-semana';
import type { Segmento } from './segmento';

export type Configuracoes = {
  readonly moeda: Moeda;
  readonly primeiroDiaDaSemana: DiaDaSemana;
  /** In the order of the week, from Sunday. */
  readonly diasUteis: readonly DiaDaSemana[];
};

/** How an organization works. */
export type Configuracao = {
  /** Of the organization. */
  readonly id: string;
  readonly segmento: Segmento;
  /** IANA name. */
  readonly fusoHorario: string;
  readonly configuracoes: Configuracoes;
  /** 0 when the organization never said anything. */
  readonly versao: number;
};

/** What holds for an organization that never said anything. */
export const configuracaoPadrao = (organizacaoId: string): Configuracao => ({
  id: organizacaoId,
  segmento: 'SERVICOS',
  fusoHorario: 'America/Sao_Paulo',
  configuracoes: {
    moeda: 'BRL',
    primeiroDiaDaSemana: 'DOMINGO',
    diasUteis: ['SEGUNDA', 'TERCA', 'QUARTA', 'QUINTA', 'SEXTA'],
  },
  versao: 0,
});
