import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@inaccessible')
@ObjectType({ description: 'Recusa tokens de acesso emitidos antes de um instante.' })
export class Revogacao {
  @Field(() => ID, { nullable: true, description: 'Os da sessão com este identificador.' })
  sessaoId: string | null;

  @Field(() => ID, { nullable: true, description: 'Todos os da pessoa com este identificador.' })
  usuarioId: string | null;

  @Field(() => Date, { description: 'Os emitidos antes deste instante não valem mais.' })
  desde: Date;
}
