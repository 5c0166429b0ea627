import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from '../../../platform/pagination/connection';
import { Email } from '../../../platform/scalars';
import { Exige } from '../../../platform/subgraph/access';

export const SituacaoDoConvite = {
  ABERTO: 'ABERTO',
  ACEITO: 'ACEITO',
  CANCELADO: 'CANCELADO',
  EXPIRADO: 'EXPIRADO',
} as const;
export type SituacaoDoConvite = keyof typeof SituacaoDoConvite;

registerEnumType(SituacaoDoConvite, {
  name: 'SituacaoDoConvite',
  description: 'O que foi feito de um convite.',
  valuesConfig: {
    ABERTO: { description: 'Ainda pode ser aceito.' },
    ACEITO: { description: 'A pessoa entrou na organização.' },
    CANCELADO: { description: 'Foi cancelado antes de ser aceito.' },
    EXPIRADO: { description: 'Não foi aceito a tempo; pode ser reenviado.' },
  },
});

@Exige('usuarios:convidar')
@ObjectType({ description: 'Um convite para alguém entrar na organização.' })
export class Convite {
  @Field(() => ID, { description: 'Identificador (UUID).' })
  id: string;

  @Field(() => Email, { description: 'Para quem o convite foi.' })
  email: string;

  @Field(() => SituacaoDoConvite, { description: 'O que foi feito dele.' })
  situacao: SituacaoDoConvite;

  @Field(() => Date, { description: 'Quando foi feito.' })
  criadoEm: Date;

  @Field(() => Date, { description: 'Até quando pode ser aceito: 7 dias depois de enviado pela última vez.' })
  expiraEm: Date;

  /** Resolved in the graph as `convidadoPor`. */
  convidadoPorId: string;
  /** Resolved in the graph as `perfis`. */
  perfilIds: readonly string[];
}

export const ConviteConnection = connectionOf(Convite, 'Convite');
