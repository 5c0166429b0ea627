import { Field, InputType, Int } from 'type-graphql';
import { JsonValue } from '../../../platform/scalars';

@InputType({ description: 'Um novo contexto da organização.' })
export class AtualizarContextoInput {
  @Field(() => Int, {
    description:
      'A `versao` do contexto que foi lido, 0 se ainda não há nenhum; se já for outra, nada muda e o erro é CONFLICT.',
  })
  versao: number;

  @Field(() => JsonValue, {
    description: 'O documento inteiro, segundo o `esquema` de `modelosDeContexto` para o segmento.',
  })
  documento: unknown;
}

@InputType({ description: 'Qual versão do contexto restaurar.' })
export class RestaurarContextoInput {
  @Field(() => Int, { description: 'A versão cujo documento volta a valer, como uma nova versão.' })
  versao: number;
}
