import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id")')
@ObjectType({ description: 'Quem compra da organização, ou pode vir a comprar.' })
export class Cliente {
  @Field(() => ID, { description: 'Identificador (UUID).' })
  id: string;
}
