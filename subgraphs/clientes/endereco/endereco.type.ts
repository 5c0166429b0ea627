import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Exige } from '../../../platform/subgraph/access';
import { Texto } from '../../../platform/subgraph/input-rules';
import { CamposEndereco } from '../../../platform/values';

const rotulo = 'Como a organização chama este endereço: `Casa`, `Entrega`, `Matriz`; até 50 caracteres.';

@Exige('clientes:ler')
@ObjectType({ description: 'Um endereço de um cliente, no Brasil.' })
export class Endereco extends CamposEndereco {
  @Field(() => ID, { description: 'Identificador (UUID).' })
  id: string;

  @Field(() => String, { nullable: true, description: rotulo })
  rotulo: string | null;

  @Field(() => Int, { description: 'Aumenta a cada alteração; envie de volta ao editar.' })
  versao: number;

  clienteId: string;
}

@InputType({ description: 'Um novo endereço de um cliente.' })
export class AdicionarEnderecoInput extends CamposEndereco {
  @Field(() => ID, { description: 'O cliente.' })
  clienteId: string;

  @Texto({ min: 0, max: 50 })
  @Field(() => String, { nullable: true, description: rotulo })
  rotulo?: string | null;
}

@InputType({ description: 'Um endereço como deve ficar; o que não for informado fica vazio.' })
export class EditarEnderecoInput extends CamposEndereco {
  @Field(() => ID, { description: 'O endereço.' })
  id: string;

  @Field(() => Int, {
    description: 'A `versao` que foi lida; se já for outra, nada muda e o erro é CONFLICT.',
  })
  versao: number;

  @Texto({ min: 0, max: 50 })
  @Field(() => String, { nullable: true, description: rotulo })
  rotulo?: string | null;
}

@InputType({ description: 'Qual endereço excluir. Endereços são apagados de vez.' })
export class ExcluirEnderecoInput {
  @Field(() => ID, { description: 'O endereço.' })
  id: string;
}
