import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@inaccessible')
@ObjectType({ description: 'Recusa tokens de acesso emitidos antes de um instante.' })
export class Revogacao {
  @Field(() => ID, { nullable: true, description: 'Os da sessão com este identificador.' })
  sessaoId: string | null;

  @Field(() => ID, { nullable: true, description: 'Os da pessoa com este identificador.' })
  usuarioId: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Da pessoa, só os da organização com este identificador; os de todas, se nulo.',
  })
  organizacaoId: string | null;

  @Field(() => Date, { description: 'Os emitidos antes deste instante não valem mais.' })
  desde: Date;
}

@Directive('@inaccessible')
@ObjectType({ description: 'Uma leitura das revogações.' })
export class Revogacoes {
  @Field(() => Date, {
    description: 'Quando foi feita, pelo relógio do banco de dados; a leitura seguinte parte daqui.',
  })
  lidasAte: Date;

  @Field(() => [Revogacao], {
    description: 'A mais recente de cada sessão, de cada pessoa, e de cada pessoa em uma organização.',
  })
  entradas: readonly Revogacao[];
}
