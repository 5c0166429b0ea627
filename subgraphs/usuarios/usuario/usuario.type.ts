import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Email } from '../../../platform/scalars';
import type { Membro } from '../membro/membro.type';

@Directive('@key(fields: "id")')
@ObjectType({ description: 'Uma pessoa que usa o sistema.' })
export class Usuario {
  @Field(() => ID, { description: 'Identificador (UUID).' })
  id: string;

  @Field(() => String, { description: 'Nome da pessoa.' })
  nome: string;

  @Field(() => Email, { description: 'E-mail com que a pessoa entra. Único no sistema.' })
  email: string;

  /** Resolved in the graph as `membro`. */
  vinculo: Omit<Membro, 'usuario'>;
}
