import { Field, Int, ObjectType } from 'type-graphql';
import { JsonValue } from '../../../platform/scalars';
import { Exige } from '../../../platform/subgraph/access';
import { Segmento } from '../organizacao/segmento';

@Exige('organizacao:ler')
@ObjectType({ description: 'O que o contexto de uma organização de um segmento pode e deve ter.' })
export class ModeloDeContexto {
  @Field(() => Segmento, { description: 'O segmento de que é o modelo.' })
  segmento: Segmento;

  @Field(() => String, { description: 'Nome do modelo, para pessoas.' })
  nome: string;

  @Field(() => Int, { description: 'Aumenta quando o modelo muda.' })
  versao: number;

  @Field(() => JsonValue, {
    description:
      'JSON Schema, versão 2020-12, dos documentos do segmento; cada campo tem título e descrição, de modo que um formulário pode ser feito dele.',
  })
  esquema: object;
}
