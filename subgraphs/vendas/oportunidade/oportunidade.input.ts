import { Field, ID, InputType, Int } from 'type-graphql';
import { CalendarDate } from '../../../platform/scalars';
import { Texto } from '../../../platform/subgraph/input-rules';
import { DinheiroInput } from '../../../platform/values';

@InputType({ description: 'Uma nova oportunidade, que entra no topo da sua etapa.' })
export class CriarOportunidadeInput {
  @Texto({ max: 200 })
  @Field(() => String, { description: 'O que se quer vender; de 1 a 200 caracteres.' })
  titulo: string;

  @Field(() => ID, { description: 'A quem.' })
  clienteId: string;

  @Field(() => ID, { description: 'O funil em que entra.' })
  funilId: string;

  @Field(() => ID, { nullable: true, description: 'A etapa em que entra; a primeira do funil, se omitida.' })
  etapaId?: string | null;

  @Field(() => DinheiroInput, { description: 'Quanto vale a venda; de zero em diante.' })
  valor: DinheiroInput;

  @Field(() => ID, {
    nullable: true,
    description:
      'Usuário que cuida da oportunidade. Se omitido, ninguém, ou quem abre, se não tem ao seu alcance todas as oportunidades.',
  })
  responsavelId?: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'Dia em que se espera encerrar.' })
  previsaoFechamento?: string | null;
}

@InputType({
  description: 'O que muda em uma oportunidade. Campo omitido fica como está; nulo, fica vazio.',
})
export class EditarOportunidadeInput {
  @Field(() => ID, { description: 'A oportunidade.' })
  id: string;

  @Field(() => Int, {
    description: 'A `versao` que foi lida; se já for outra, nada muda e o erro é CONFLICT.',
  })
  versao: number;

  @Texto({ max: 200 })
  @Field(() => String, { nullable: true, description: 'O que se quer vender; de 1 a 200 caracteres.' })
  titulo?: string | null;

  @Field(() => DinheiroInput, { nullable: true, description: 'Quanto vale a venda; de zero em diante.' })
  valor?: DinheiroInput | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Usuário que cuida da oportunidade; nulo remove. Precisa estar ao alcance de quem altera.',
  })
  responsavelId?: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'Dia em que se espera encerrar; nulo remove.' })
  previsaoFechamento?: string | null;
}

@InputType({ description: 'Qual oportunidade excluir, e como.' })
export class ExcluirOportunidadeInput {
  @Field(() => ID, { description: 'A oportunidade.' })
  id: string;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Apaga de vez, com o histórico. Se falso, só desativa e pode ser reativada.',
  })
  definitivo: boolean;
}

@InputType({ description: 'Para onde vai uma oportunidade aberta dentro do seu funil.' })
export class MoverOportunidadeInput {
  @Field(() => ID, { description: 'A oportunidade.' })
  id: string;

  @Field(() => ID, { description: 'A etapa para a qual vai, do mesmo funil; pode ser a em que está.' })
  etapaId: string;

  @Field(() => ID, {
    nullable: true,
    description: 'A oportunidade aberta dessa etapa logo depois da qual fica; nulo a põe no topo.',
  })
  aposId?: string | null;
}

@InputType({ description: 'Qual oportunidade foi ganha.' })
export class GanharOportunidadeInput {
  @Field(() => ID, { description: 'A oportunidade.' })
  id: string;
}

@InputType({ description: 'Qual oportunidade foi perdida, e por quê.' })
export class PerderOportunidadeInput {
  @Field(() => ID, { description: 'A oportunidade.' })
  id: string;

  @Field(() => ID, { description: 'O motivo de perda.' })
  motivoPerdaId: string;

  @Texto({ min: 0, max: 2_000 })
  @Field(() => String, { nullable: true, description: 'O que anotar sobre a perda; até 2.000 caracteres.' })
  observacao?: string | null;
}
