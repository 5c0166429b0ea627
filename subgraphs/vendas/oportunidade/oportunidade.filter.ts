import { Field, ID, InputType, registerEnumType } from 'type-graphql';
import { SituacaoOportunidade } from './oportunidade.type';

@InputType({ description: 'Quais oportunidades listar; as condições se somam.' })
export class OportunidadeFiltro {
  @Field(() => ID, { nullable: true, description: 'Só as deste funil.' })
  funilId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Só as desta etapa.' })
  etapaId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Só as deste cliente.' })
  clienteId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Só as deste responsável.' })
  responsavelId?: string | null;

  @Field(() => SituacaoOportunidade, { nullable: true, description: 'Só as que estão assim.' })
  situacao?: SituacaoOportunidade | null;

  @Field(() => Boolean, { defaultValue: true, description: 'Ativas (verdadeiro) ou excluídas (falso).' })
  ativo: boolean;
}

export const OportunidadeOrdem = {
  CRIADA_EM_DESC: 'CRIADA_EM_DESC',
  CRIADA_EM_ASC: 'CRIADA_EM_ASC',
  POSICAO: 'POSICAO',
} as const;
export type OportunidadeOrdem = keyof typeof OportunidadeOrdem;

registerEnumType(OportunidadeOrdem, {
  name: 'OportunidadeOrdem',
  description: 'A ordem de uma lista de oportunidades.',
  valuesConfig: {
    CRIADA_EM_DESC: { description: 'Das mais novas às mais antigas.' },
    CRIADA_EM_ASC: { description: 'Das mais antigas às mais novas.' },
    POSICAO: {
      description:
        'De cima para baixo na etapa. O filtro precisa de `etapaId` e de `situacao: ABERTA`, e não pode ser de excluídas.',
    },
  },
});
