import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from '../../../platform/pagination/connection';
import { Exige } from '../../../platform/subgraph/access';

export const TipoHistoricoOportunidade = {
  CRIADA: 'CRIADA',
  MOVIDA: 'MOVIDA',
  GANHA: 'GANHA',
  PERDIDA: 'PERDIDA',
  REABERTA: 'REABERTA',
  EDITADA: 'EDITADA',
  EXCLUIDA: 'EXCLUIDA',
  REATIVADA: 'REATIVADA',
  CANCELADA: 'CANCELADA',
  DESVINCULADA: 'DESVINCULADA',
} as const;
export type TipoHistoricoOportunidade = keyof typeof TipoHistoricoOportunidade;

registerEnumType(TipoHistoricoOportunidade, {
  name: 'TipoHistoricoOportunidade',
  description: 'O que aconteceu com uma oportunidade.',
  valuesConfig: {
    CRIADA: { description: 'Foi criada.' },
    MOVIDA: { description: 'Mudou de etapa, ou de lugar na mesma etapa.' },
    GANHA: { description: 'Foi ganha.' },
    PERDIDA: { description: 'Foi perdida.' },
    REABERTA: { description: 'Estava encerrada e voltou a ser aberta.' },
    EDITADA: { description: 'Seus dados foram alterados.' },
    EXCLUIDA: { description: 'Foi excluída.' },
    REATIVADA: { description: 'Sua exclusão foi desfeita.' },
    CANCELADA: { description: 'Foi encerrada porque o cliente foi excluído.' },
    DESVINCULADA: { description: 'Já não diz de quem era, porque o cliente foi apagado de vez.' },
  },
});

@Exige('vendas:ler')
@ObjectType({ description: 'Um acontecimento na vida de uma oportunidade.' })
export class HistoricoOportunidade {
  @Field(() => ID, { description: 'Identificador (UUID).' })
  id: string;

  @Field(() => TipoHistoricoOportunidade, { description: 'O que aconteceu.' })
  tipo: TipoHistoricoOportunidade;

  @Field(() => Date, { description: 'Quando aconteceu.' })
  em: Date;

  /** Resolved in the graph as `deEtapa`. */
  deEtapaId: string | null;

  /** Resolved in the graph as `paraEtapa`. */
  paraEtapaId: string;

  /** Resolved in the graph as `usuario`; null when it was the system. */
  usuarioId: string | null;
  oportunidadeId: string;
}

export const HistoricoOportunidadeConnection = connectionOf(HistoricoOportunidade, 'HistoricoOportunidade');
