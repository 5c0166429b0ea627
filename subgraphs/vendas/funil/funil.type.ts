import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Exige } from '../../../platform/subgraph/access';

@Exige('vendas:ler')
@ObjectType({ description: 'Um caminho de venda: as etapas por que passam as oportunidades.' })
export class Funil {
  @Field(() => ID, { description: 'Identificador (UUID).' })
  id: string;

  @Field(() => String, { description: 'Nome do funil.' })
  nome: string;

  @Field(() => Boolean, { description: 'Falso quando foi excluído e pode ser reativado.' })
  ativo: boolean;

  @Field(() => Int, {
    description: 'Aumenta a cada alteração do nome ou de `ativo`; envie de volta ao editar.',
  })
  versao: number;

  @Field(() => Date, { description: 'Quando foi criado.' })
  criadoEm: Date;
}
