import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Exige } from '../../../platform/subgraph/access';
import { Texto } from '../../../platform/subgraph/input-rules';

@Exige('vendas:ler')
@ObjectType({ description: 'Por que oportunidades são perdidas.' })
export class MotivoPerda {
  @Field(() => ID, { description: 'Identificador (UUID).' })
  id: string;

  @Field(() => String, { description: 'O motivo, por exemplo `Preço` ou `Prazo`.' })
  nome: string;

  @Field(() => Boolean, { description: 'Falso quando foi excluído e pode ser reativado.' })
  ativo: boolean;

  @Field(() => Int, { description: 'Aumenta a cada alteração; envie de volta ao editar.' })
  versao: number;
}

const nome = 'O motivo; de 1 a 100 caracteres.';

@InputType({ description: 'Um novo motivo de perda.' })
export class CriarMotivoPerdaInput {
  @Texto({ max: 100 })
  @Field(() => String, { description: nome })
  nome: string;
}

@InputType({ description: 'O novo nome de um motivo de perda.' })
export class EditarMotivoPerdaInput {
  @Field(() => ID, { description: 'O motivo de perda.' })
  id: string;

  @Field(() => Int, {
    description: 'A `versao` que foi lida; se já for outra, nada muda e o erro é CONFLICT.',
  })
  versao: number;

  @Texto({ max: 100 })
  @Field(() => String, { description: nome })
  nome: string;
}

@InputType({ description: 'Qual motivo de perda excluir. Ele só é desativado, e pode ser reativado.' })
export class ExcluirMotivoPerdaInput {
  @Field(() => ID, { description: 'O motivo de perda.' })
  id: string;
}
