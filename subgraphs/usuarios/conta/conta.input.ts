import { Field, InputType } from 'type-graphql';
import { SenhaInformada, SenhaNova } from '../senha/senha.rules';

@InputType({ description: 'A senha de agora e a nova.' })
export class TrocarSenhaInput {
  @SenhaInformada()
  @Field(() => String, { description: 'A senha com que se entra até agora.' })
  senhaAtual: string;

  @SenhaNova()
  @Field(() => String, {
    description: 'A senha nova: de 10 a 128 caracteres, diferente do e-mail e fora das mais comuns.',
  })
  senhaNova: string;
}

@InputType({ description: 'Com que se confirma que a conta deve ser desativada.' })
export class DesativarContaInput {
  @SenhaInformada()
  @Field(() => String, { description: 'A senha de quem pede.' })
  senha: string;
}
