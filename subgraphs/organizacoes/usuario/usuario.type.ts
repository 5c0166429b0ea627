import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType({ description: 'Uma pessoa que usa o sistema.' })
export class Usuario {
  @Field(() => ID, { description: 'Identificador (UUID).' })
  id: string;
}
