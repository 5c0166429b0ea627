import { ArrayMinSize } from 'class-validator';
import { Field, ID, InputType, Int } from 'type-graphql';
import { NoMaximo } from '../../../platform/subgraph/input-rules';

const versao =
  'A `versao` que foi lida; se já for outra, nada muda e o erro é CONFLICT. Omitida, vale qualquer uma.';

@InputType({ description: 'Os perfis que uma pessoa passa a ter na organização.' })
export class AlterarPerfisDoMembroInput {
  @Field(() => ID, { description: 'O vínculo da pessoa com a organização.' })
  membroId: string;

  @ArrayMinSize(1, { message: 'Informe ao menos um perfil.' })
  @NoMaximo(20)
  @Field(() => [ID], { description: 'Todos os perfis que a pessoa deve ter; de 1 a 20.' })
  perfilIds: string[];

  @Field(() => Int, { nullable: true, description: versao })
  versao?: number | null;
}

@InputType({ description: 'Quem não deve mais entrar na organização.' })
export class DesativarMembroInput {
  @Field(() => ID, { description: 'O vínculo da pessoa com a organização.' })
  membroId: string;

  @Field(() => Int, { nullable: true, description: versao })
  versao?: number | null;
}

@InputType({ description: 'Quem pode entrar de novo na organização.' })
export class ReativarMembroInput {
  @Field(() => ID, { description: 'O vínculo da pessoa com a organização.' })
  membroId: string;

  @Field(() => Int, { nullable: true, description: versao })
  versao?: number | null;
}

@InputType({ description: 'De quem encerrar as sessões.' })
export class EncerrarSessoesDoMembroInput {
  @Field(() => ID, { description: 'O vínculo da pessoa com a organização.' })
  membroId: string;
}
