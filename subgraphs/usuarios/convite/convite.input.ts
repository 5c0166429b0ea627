import { ArrayMinSize } from 'class-validator';
import { Field, ID, InputType } from 'type-graphql';
import { Email } from '../../../platform/scalars';
import { NoMaximo, Texto } from '../../../platform/subgraph/input-rules';
import { SenhaInformada } from '../senha/senha.rules';

@InputType({ description: 'Quem convidar para a organização.' })
export class ConvidarUsuarioInput {
  @Field(() => Email, { description: 'Para onde vai o convite. A pessoa pode já usar o sistema ou não.' })
  email: string;

  @ArrayMinSize(1, { message: 'Informe ao menos um perfil.' })
  @NoMaximo(20)
  @Field(() => [ID], { description: 'Os perfis que a pessoa terá; de 1 a 20.' })
  perfilIds: string[];
}

@InputType({ description: 'Qual convite cancelar.' })
export class CancelarConviteInput {
  @Field(() => ID, { description: 'O convite.' })
  conviteId: string;
}

@InputType({ description: 'Qual convite enviar de novo.' })
export class ReenviarConviteInput {
  @Field(() => ID, { description: 'O convite.' })
  conviteId: string;
}

@InputType({ description: 'O token que chegou por e-mail e quem aceita o convite.' })
export class AceitarConviteInput {
  @Field(() => String, { description: 'O token do link que chegou por e-mail, depois de `#token=`.' })
  token: string;

  @Texto({ max: 200 })
  @Field(() => String, {
    description: 'Nome da pessoa; de 1 a 200 caracteres. Quem já tem cadastro mantém o seu nome.',
  })
  nome: string;

  @SenhaInformada()
  @Field(() => String, {
    description:
      'A senha que a pessoa escolhe: de 10 a 128 caracteres, contados depois da normalização Unicode NFC e sem cortar nada; diferente do e-mail e difícil de adivinhar. Quem já tem cadastro informa a senha que já usa.',
  })
  senha: string;
}
