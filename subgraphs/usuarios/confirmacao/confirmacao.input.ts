import { Field, InputType } from 'type-graphql';
import { Email } from '../../../platform/scalars';
import { SenhaNova } from '../senha/senha.rules';

@InputType({ description: 'Quem esqueceu a senha.' })
export class PedirRedefinicaoDeSenhaInput {
  @Field(() => Email, { description: 'O e-mail com que a pessoa entra.' })
  email: string;
}

@InputType({ description: 'Uma nova senha no lugar da que foi esquecida.' })
export class RedefinirSenhaInput {
  @Field(() => String, { description: 'O token do link que chegou por e-mail, depois de `#token=`.' })
  token: string;

  @SenhaNova()
  @Field(() => String, {
    description:
      'A nova senha: de 10 a 128 caracteres, contados depois da normalização Unicode NFC e sem cortar nada; diferente do e-mail e difícil de adivinhar.',
  })
  senha: string;
}
