import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../../../platform/pagination/connection';
import { Exige } from '../../../platform/subgraph/access';
import { Texto } from '../../../platform/subgraph/input-rules';

@Exige('auditoria:ler')
@ObjectType({ description: 'Um registro da auditoria: quem fez o quê, quando e de onde. Nunca muda.' })
export class RegistroAuditoria {
  @Field(() => ID, { description: 'Identificador (UUID).' })
  id: string;

  @Field(() => Int, {
    description: 'O lugar na trilha da organização: a partir de 1, sem lacunas, na ordem de chegada.',
  })
  numero: number;

  @Field(() => Date, { description: 'Quando aconteceu.' })
  em: Date;

  @Field(() => String, { description: 'Em que parte do sistema, por exemplo `clientes`.' })
  dominio: string;

  @Field(() => String, {
    description:
      'O que aconteceu, por exemplo `cliente.editar`; `acesso.recusar` quando faltou permissão, `sessao.recusar` quando não foi possível entrar, `sessao.bloquear` quando houve tentativas demais, `conta.recusar` quando a senha atual não conferiu.',
  })
  acao: string;

  @Field(() => String, {
    description: 'Com que tipo de coisa, por exemplo `Cliente`; em `acesso.recusar`, o campo pedido.',
  })
  entidade: string;

  @Field(() => ID, { description: 'Com qual delas (UUID); em `acesso.recusar`, a sessão.' })
  entidadeId: string;

  @Field(() => [String], { description: 'Os nomes dos campos que mudaram; nunca os valores.' })
  campos: string[];

  @Field(() => ID, { nullable: true, description: 'Em que sessão; nula se foi o sistema.' })
  sessaoId: string | null;

  @Field(() => String, { nullable: true, description: 'De que endereço IP; nulo se foi o sistema.' })
  ip: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'O navegador ou programa, como se apresentou; nulo se não o fez ou se foi o sistema.',
  })
  dispositivo: string | null;

  @Field(() => String, { description: 'O código do pedido, como nas mensagens de erro e no log.' })
  requestId: string;

  /** Resolved in the graph as `usuario`; null when it was the system, or somebody who did not get in. */
  usuarioId: string | null;
}

export const RegistroAuditoriaConnection = connectionOf(RegistroAuditoria, 'RegistroAuditoria');

@InputType({ description: 'Quais registros da auditoria. Sem nenhum campo, todos.' })
export class AuditoriaFiltro {
  @Field(() => ID, { nullable: true, description: 'Do que esta pessoa fez.' })
  usuarioId?: string | null;

  @Texto({ max: 100 })
  @Field(() => String, { nullable: true, description: 'Desta ação, por exemplo `cliente.editar`.' })
  acao?: string | null;

  @Texto({ max: 100 })
  @Field(() => String, { nullable: true, description: 'Deste tipo de coisa, por exemplo `Cliente`.' })
  entidade?: string | null;

  @Field(() => ID, { nullable: true, description: 'Do que aconteceu com isto.' })
  entidadeId?: string | null;

  @Field(() => Date, { nullable: true, description: 'A partir deste instante.' })
  desde?: Date | null;

  @Field(() => Date, { nullable: true, description: 'Antes deste instante.' })
  ate?: Date | null;
}
