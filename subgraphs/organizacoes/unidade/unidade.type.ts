import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Telefone } from '../../../platform/scalars';
import { Exige } from '../../../platform/subgraph/access';
import { CamposEndereco } from '../../../platform/values';

@Exige('organizacao:ler')
@ObjectType({ description: 'O endereço de uma unidade, no Brasil.' })
export class EnderecoDaUnidade extends CamposEndereco {}

@Exige('organizacao:ler')
@ObjectType({ description: 'Um lugar em que a organização funciona: uma loja, uma filial, um consultório.' })
export class Unidade {
  @Field(() => ID, { description: 'Identificador (UUID).' })
  id: string;

  @Field(() => String, { description: 'Nome da unidade.' })
  nome: string;

  @Field(() => EnderecoDaUnidade, { nullable: true, description: 'Onde fica.' })
  endereco: EnderecoDaUnidade | null;

  @Field(() => Telefone, { nullable: true, description: 'Telefone da unidade.' })
  telefone: string | null;

  @Field(() => Boolean, { description: 'Falso quando foi excluída e pode ser reativada.' })
  ativo: boolean;

  @Field(() => Int, { description: 'Aumenta a cada alteração; envie de volta ao editar.' })
  versao: number;
}
