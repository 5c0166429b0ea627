import { Field, ID, InputType, Int } from 'type-graphql';
import { Texto } from '../../../platform/subgraph/input-rules';

const nome = 'Nome da equipe; de 1 a 100 caracteres.';

@InputType({ description: 'Uma nova equipe, ainda sem ninguém.' })
export class CriarEquipeInput {
  @Texto({ max: 100 })
  @Field(() => String, { description: nome })
  nome: string;
}

@InputType({ description: 'O novo nome de uma equipe.' })
export class EditarEquipeInput {
  @Field(() => ID, { description: 'A equipe.' })
  id: string;

  @Field(() => Int, {
    description: 'A `versao` que foi lida; se já for outra, nada muda e o erro é CONFLICT.',
  })
  versao: number;

  @Texto({ max: 100 })
  @Field(() => String, { description: nome })
  nome: string;
}

@InputType({
  description: 'Qual equipe excluir. Ela só é desativada, e volta com as mesmas pessoas ao ser reativada.',
})
export class ExcluirEquipeInput {
  @Field(() => ID, { description: 'A equipe.' })
  id: string;
}

@InputType({ description: 'Quem entra em que equipe.' })
export class AdicionarMembroDaEquipeInput {
  @Field(() => ID, { description: 'A equipe.' })
  equipeId: string;

  @Field(() => ID, { description: 'A pessoa, que é da organização.' })
  usuarioId: string;
}

@InputType({ description: 'Quem sai de que equipe.' })
export class RemoverMembroDaEquipeInput {
  @Field(() => ID, { description: 'A equipe.' })
  equipeId: string;

  @Field(() => ID, { description: 'A pessoa, que está na equipe.' })
  usuarioId: string;
}
