import { Directive, Field, ID, InputType, ObjectType } from 'type-graphql';
import { Email } from '../../../platform/scalars';
import { Texto } from '../../../platform/subgraph/input-rules';
import { SenhaInformada } from '../senha/senha.rules';

@Directive('@key(fields: "id")')
@ObjectType({ description: 'Uma empresa ou outra entidade que usa o sistema; seus dados só ela vê.' })
export class Organizacao {
  @Field(() => ID, { description: 'Identificador (UUID).' })
  id: string;

  @Field(() => String, { description: 'Nome da organização.' })
  nome: string;
}

@InputType({ description: 'Uma nova organização e quem vai administrá-la.' })
export class RegistrarOrganizacaoInput {
  @Texto({ max: 200 })
  @Field(() => String, { description: 'Nome da organização; de 1 a 200 caracteres.' })
  organizacao: string;

  @Texto({ max: 200 })
  @Field(() => String, {
    description:
      'Nome de quem vai administrar; de 1 a 200 caracteres. Quem já tem cadastro mantém o seu nome.',
  })
  nome: string;

  @Field(() => Email, { description: 'E-mail com que a pessoa entra.' })
  email: string;
}

@ObjectType({ description: 'Um pedido de registro, à espera de que o e-mail seja confirmado.' })
export class PedidoDeRegistro {
  @Field(() => Date, { description: 'Até quando o link que vai por e-mail vale: 24 horas depois do pedido.' })
  expiraEm: Date;
}

@InputType({ description: 'O token que chegou por e-mail e a senha de quem administra a organização.' })
export class ConfirmarEmailInput {
  @Field(() => String, { description: 'O token do link que chegou por e-mail, depois de `#token=`.' })
  token: string;

  @SenhaInformada()
  @Field(() => String, {
    description:
      'A senha que a pessoa escolhe: de 10 a 128 caracteres, contados depois da normalização Unicode NFC e sem cortar nada; diferente do e-mail e difícil de adivinhar. Quem já tem cadastro informa a senha que já usa.',
  })
  senha: string;
}
