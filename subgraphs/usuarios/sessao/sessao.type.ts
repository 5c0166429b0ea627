import { Field, ID, InputType, ObjectType } from 'type-graphql';
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

@ObjectType({ description: 'Uma organização a que pertence quem está usando o sistema.' })
export class MinhaOrganizacao {
  @Field(() => ID, { description: 'Identificador (UUID).' })
  id: string;

  @Field(() => String, { description: 'Nome da organização.' })
  nome: string;

  @Field(() => Boolean, { description: 'Se é aquela em que se está.' })
  atual: boolean;
}

@ObjectType({ description: 'Uma sessão aberta de quem está usando o sistema.' })
export class Sessao {
  @Field(() => ID, { description: 'Identificador (UUID).' })
  id: string;

  @Field(() => Date, { description: 'Quando começou.' })
  criadaEm: Date;

  @Field(() => Date, { description: 'Quando foi iniciada ou renovada pela última vez.' })
  usadaEm: Date;

  @Field(() => Date, { description: 'Até quando pode ser renovada.' })
  expiraEm: Date;

  @Field(() => String, {
    nullable: true,
    description: 'O navegador ou programa de onde foi usada, como ele se apresenta (`User-Agent`).',
  })
  dispositivo: string | null;

  @Field(() => String, { nullable: true, description: 'O endereço IP de onde foi usada.' })
  endereco: string | null;

  @Field(() => Boolean, { description: 'Se é a sessão desta requisição.' })
  atual: boolean;

  @Field(() => MinhaOrganizacao, { description: 'A organização em que se entrou.' })
  organizacao: MinhaOrganizacao;
}

@InputType({ description: 'Qual sessão encerrar.' })
export class EncerrarSessaoInput {
  @Field(() => ID, { description: 'Uma das sessões de quem pede.' })
  id: string;
}

@InputType({ description: 'Para onde ir.' })
export class TrocarOrganizacaoInput {
  @Field(() => ID, { description: 'Uma das organizações de quem pede, de `minhasOrganizacoes`.' })
  organizacaoId: string;
}
