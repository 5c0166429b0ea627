import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Exige } from '../../../platform/subgraph/access';

@Exige('vendas:ler')
@ObjectType({ description: 'Uma etapa de um funil.' })
export class EtapaFunil {
  @Field(() => ID, { description: 'Identificador (UUID).' })
  id: string;

  @Field(() => String, { description: 'Nome da etapa.' })
  nome: string;

  @Field(() => Int, {
    description: 'Lugar no funil, de 1 em diante; em uma etapa excluída, o último que teve.',
  })
  posicao: number;

  @Field(() => Int, { description: 'Chance de ganhar uma oportunidade que chegou aqui, de 0 a 100 (%).' })
  probabilidade: number;

  @Field(() => Boolean, { description: 'Falso quando foi excluída e pode ser reativada.' })
  ativo: boolean;

  @Field(() => Int, {
    description: 'Aumenta a cada alteração, salvo a de `posicao`; envie de volta ao editar.',
  })
  versao: number;

  /** Resolved in the graph as `funil`. */
  funilId: string;
}
