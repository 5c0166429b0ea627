import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from '../../../platform/pagination/connection';
import { CalendarDate } from '../../../platform/scalars';
import { Exige } from '../../../platform/subgraph/access';
import { type Dinheiro, DinheiroType } from '../../../platform/values';

export const SituacaoOportunidade = {
  ABERTA: 'ABERTA',
  GANHA: 'GANHA',
  PERDIDA: 'PERDIDA',
  CANCELADA: 'CANCELADA',
} as const;
export type SituacaoOportunidade = keyof typeof SituacaoOportunidade;

registerEnumType(SituacaoOportunidade, {
  name: 'SituacaoOportunidade',
  description: 'Como está uma oportunidade.',
  valuesConfig: {
    ABERTA: { description: 'Em negociação.' },
    GANHA: { description: 'Encerrada com a venda.' },
    PERDIDA: { description: 'Encerrada sem a venda.' },
    CANCELADA: {
      description: 'Encerrada pelo sistema, nem ganha nem perdida, porque o cliente foi excluído.',
    },
  },
});

@Directive('@key(fields: "id")')
@Exige('vendas:ler')
@ObjectType({ description: 'Uma venda que se tenta fazer a um cliente.' })
export class Oportunidade {
  @Field(() => ID, { description: 'Identificador (UUID).' })
  id: string;

  @Field(() => String, { description: 'O que se quer vender.' })
  titulo: string;

  @Field(() => DinheiroType, { description: 'Quanto vale a venda.' })
  valor: Dinheiro;

  @Field(() => SituacaoOportunidade, { description: 'Aberta, ganha, perdida ou cancelada.' })
  situacao: SituacaoOportunidade;

  @Field(() => String, { nullable: true, description: 'O que se anotou sobre a perda.' })
  observacaoPerda: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'Dia em que se espera encerrar.' })
  previsaoFechamento: string | null;

  @Field(() => Date, { nullable: true, description: 'Quando foi encerrada; nulo se está aberta.' })
  encerradaEm: Date | null;

  @Field(() => Boolean, { description: 'Falso quando foi excluída e pode ser reativada.' })
  ativo: boolean;

  @Field(() => Int, { description: 'Aumenta a cada alteração; envie de volta ao editar.' })
  versao: number;

  @Field(() => Date, { description: 'Quando foi criada.' })
  criadoEm: Date;

  @Field(() => Date, { description: 'Quando foi alterada pela última vez.' })
  atualizadoEm: Date;

  /** Resolved in the graph as `cliente`; null when it was erased. */
  clienteId: string | null;

  /** Resolved in the graph as `funil`. */
  funilId: string;

  /** Resolved in the graph as `etapa`. */
  etapaId: string;

  /** Resolved in the graph as `responsavel`. */
  responsavelId: string | null;

  /** Resolved in the graph as `motivoPerda`. */
  motivoPerdaId: string | null;

  /** Its place on the board, as a fractional index; null when it is closed or excluded, and so on none. */
  posicao: string | null;
}

export const OportunidadeConnection = connectionOf(Oportunidade, 'Oportunidade');
