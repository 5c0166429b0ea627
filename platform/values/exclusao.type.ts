import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@shareable')
@ObjectType({ description: 'O que foi excluído, para que o cliente o tire do seu cache.' })
export class Exclusao {
  @Field(() => ID, { description: 'Identificador do que foi excluído.' })
  id: string;

  @Field(() => Boolean, { description: 'Verdadeiro se foi apagado de vez; falso se pode ser reativado.' })
  definitiva: boolean;
}
