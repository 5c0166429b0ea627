import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../../pagination/connection';
import { Exige } from '../../subgraph/access';

@Directive('@shareable')
@Exige('eventos:administrar')
@ObjectType({
  description:
    'Um evento de outro domínio que falhou em todas as tentativas. Os eventos seguintes do mesmo agregado esperam por ele.',
})
export class EventoMorto {
  @Field(() => ID, { description: 'Identificador do evento (UUID).' })
  id: string;

  @Field(() => String, { description: 'O que aconteceu, por exemplo `ClienteCriado`.' })
  tipo: string;

  @Field(() => String, { description: 'Com que tipo de coisa aconteceu, por exemplo `Cliente`.' })
  agregadoTipo: string;

  @Field(() => ID, { description: 'Com qual delas (UUID).' })
  agregadoId: string;

  @Field(() => Date, { description: 'Quando chegou e não pôde ser aplicado.' })
  criadoEm: Date;

  @Field(() => Date, { description: 'Quando falhou pela última vez.' })
  falhouEm: Date;

  @Field(() => Int, { description: 'Quantas vezes falhou.' })
  tentativas: number;

  @Field(() => String, {
    description: 'A espécie e o código da última falha, por exemplo `CodedError CONFLICT`; nenhum dado.',
  })
  erro: string;

  @Field(() => Int, { description: 'Quantos eventos do mesmo agregado já chegaram e esperam.' })
  esperando: number;
}

export const EventoMortoConnection = connectionOf(EventoMorto, 'EventoMorto', ['@shareable']);

@Directive('@shareable')
@ObjectType({ description: 'O pedido para que um evento morto seja tentado de novo; acontece em segundos.' })
export class ReprocessamentoDeEvento {
  @Field(() => ID, { description: 'Identificador do evento (UUID).' })
  id: string;
}
