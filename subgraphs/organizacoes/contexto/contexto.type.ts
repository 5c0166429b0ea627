import { Field, ID, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../../../platform/pagination/connection';
import { JsonValue } from '../../../platform/scalars';
import { Exige } from '../../../platform/subgraph/access';
import { Segmento } from '../organizacao/segmento';

@Exige('organizacao:ler')
@ObjectType({ description: 'Uma versão do que uma organização disse do seu negócio.' })
export class Contexto {
  @Field(() => ID, { description: 'Identificador (UUID) desta versão.' })
  id: string;

  @Field(() => Int, { description: 'Número da versão, a partir de 1; envie de volta ao atualizar.' })
  versao: number;

  @Field(() => Segmento, { description: 'O segmento a cujo modelo o documento atendia.' })
  segmento: Segmento;

  @Field(() => Int, { description: 'A versão do modelo a que o documento atendia.' })
  versaoDoModelo: number;

  @Field(() => JsonValue, { description: 'O documento, segundo o `esquema` do modelo do segmento.' })
  documento: unknown;

  @Field(() => Date, { description: 'Quando esta versão foi escrita.' })
  atualizadoEm: Date;

  /** Resolved in the graph as `autor`. */
  autorId: string;

  organizacaoId: string;
}

export const ContextoConnection = connectionOf(Contexto, 'Contexto');
