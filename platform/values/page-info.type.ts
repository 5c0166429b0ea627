import { Directive, Field, ObjectType } from 'type-graphql';

@Directive('@shareable')
@ObjectType({
  description: 'Posição de uma página em uma lista, segundo a especificação Relay Cursor Connections.',
})
export class PageInfo {
  @Field(() => Boolean, { description: 'Se há itens depois desta página.' })
  hasNextPage: boolean;

  @Field(() => Boolean, { description: 'Se há itens antes desta página.' })
  hasPreviousPage: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'Cursor do primeiro item da página, para `before`; nulo em uma página vazia.',
  })
  startCursor: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Cursor do último item da página, para `after`; nulo em uma página vazia.',
  })
  endCursor: string | null;
}
