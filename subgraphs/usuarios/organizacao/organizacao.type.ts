import { Directive, Field, ID, InputType, ObjectType } from 'type-graphql';
import { Email } from '../../../platform/scalars';
import { Texto } from '../../../platform/subgraph/input-rules';
import { SenhaNova } from '../senha/senha.rules';

@Directive('@key(fields: "id")')
@ObjectType({ description: 'Uma empresa ou outra entidade que usa o sistema; seus dados só ela vê.' })
export class Organizacao {
  @Field(() => ID, { description: 'Identificador (UUID).' })
  id: string;

  @Field(() => String, { description: 'Nome da organização.' })
  nome: string;
}

@InputType({ description: 'Uma nova organização e quem a administra.' })
export class RegistrarOrganizacaoInput {
  @Texto({ max: 200 })
  @Field(() => String, { description: 'Nome da organização; de 1 a 200 caracteres.' })
  organizacao: string;

  @Texto({ max: 200 })
  @Field(() => String, {
    description: 'Nome de quem administra; de 1 a 200 caracteres. Quem já tem cadastro mantém o seu nome.',
  })
  nome: string;

  @Field(() => Email, { description: 'E-mail com que a pessoa entra.' })
  email: string;

  @SenhaNova()
  @Field(() => String, {
    description:
      'Senha de 10 a 128 caracteres, contados depois da normalização Unicode NFC e sem cortar nada; diferente do e-mail. Quem já tem cadastro informa a senha que já usa.',
  })
  senha: string;
}
