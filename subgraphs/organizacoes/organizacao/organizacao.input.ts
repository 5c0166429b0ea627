import { ArrayMinSize } from 'class-validator';
import { Field, InputType, Int } from 'type-graphql';
import { Aninhado, NoMaximo } from '../../../platform/subgraph/input-rules';
import { Moeda } from '../../../platform/values';
import { AtualizarContextoInput } from '../contexto/contexto.input';
import { DiaDaSemana } from './dia-da-semana';
import { FusoHorario } from './fuso-horario';
import { Segmento } from './segmento';

@InputType({ description: 'O que mudar nas configurações; o que for omitido fica como está.' })
export class ConfiguracoesInput {
  @Field(() => Moeda, {
    nullable: true,
    description: 'A moeda de valores para os quais não se diz outra; BRL no início.',
  })
  moeda?: Moeda | null;

  @Field(() => DiaDaSemana, {
    nullable: true,
    description: 'O dia em que a semana começa nos calendários; DOMINGO no início.',
  })
  primeiroDiaDaSemana?: DiaDaSemana | null;

  @ArrayMinSize(1, { message: 'Informe ao menos um dia.' })
  @NoMaximo(7)
  @Field(() => [DiaDaSemana], {
    nullable: true,
    description: 'Os dias em que se trabalha; de segunda a sexta no início. Repetidos contam uma vez.',
  })
  diasUteis?: DiaDaSemana[] | null;
}

@InputType({ description: 'O que mudar na organização; o que for omitido fica como está.' })
export class ConfigurarOrganizacaoInput {
  @Field(() => Int, {
    description:
      'A `versao` que foi lida, 0 se nada foi configurado ainda; se já for outra, nada muda e o erro é CONFLICT.',
  })
  versao: number;

  @Field(() => Segmento, { nullable: true, description: 'O tipo de negócio; SERVICOS no início.' })
  segmento?: Segmento | null;

  @FusoHorario()
  @Field(() => String, {
    nullable: true,
    description: 'Fuso horário, pelo nome da IANA; America/Sao_Paulo no início.',
  })
  fusoHorario?: string | null;

  @Aninhado()
  @Field(() => ConfiguracoesInput, { nullable: true, description: 'As configurações a mudar.' })
  configuracoes?: ConfiguracoesInput | null;

  @Field(() => AtualizarContextoInput, {
    nullable: true,
    description:
      'O novo contexto. Um segmento de cujo modelo o contexto atual não é só pode ser escolhido junto com um contexto que seja.',
  })
  contexto?: AtualizarContextoInput | null;
}
