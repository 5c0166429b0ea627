import { Field, InputType, ObjectType } from 'type-graphql';
import { Email } from '../../../platform/scalars';
import { SenhaInformada } from '../senha/senha.rules';

@ObjectType({ description: 'O que um programa precisa para agir em nome de quem entrou.' })
export class SessaoIniciada {
  @Field(() => String, {
    description: 'Vale por 15 minutos. Envie em cada requisição: `Authorization: Bearer <tokenAcesso>`.',
  })
  tokenAcesso: string;

  @Field(() => String, {
    description:
      'Serve uma única vez, para `renovarSessao`, até 30 dias depois de entrar. Guarde como se guarda uma senha.',
  })
  tokenRenovacao: string;

  @Field(() => Date, { description: 'Quando `tokenAcesso` deixa de valer.' })
  expiraEm: Date;

  /** Resolved in the graph as `usuario`. */
  usuarioId: string;
  organizacaoId: string;
}

@InputType({ description: 'Com que alguém entra.' })
export class EntrarInput {
  @Field(() => Email, { description: 'O e-mail do cadastro.' })
  email: string;

  @SenhaInformada()
  @Field(() => String, { description: 'A senha, de até 128 caracteres.' })
  senha: string;
}

@InputType({ description: 'Com que uma sessão continua.' })
export class RenovarSessaoInput {
  @Field(() => String, { description: 'O `tokenRenovacao` recebido por último.' })
  tokenRenovacao: string;
}
