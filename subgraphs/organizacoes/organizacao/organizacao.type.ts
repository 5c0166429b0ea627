import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Exige } from '../../../platform/subgraph/access';
import { Moeda } from '../../../platform/values';
import type { Configuracoes } from './configuracao';
import { DiaDaSemana } from './dia-da-semana';

@Directive('@key(fields: "id")')
@ObjectType({ description: 'Uma empresa ou outra entidade que usa o sistema; seus dados só ela vê.' })
export class Organizacao {
  @Field(() => ID, { description: 'Identificador (UUID).' })
  id: string;
}

@Exige('organizacao:ler')
@ObjectType({ description: 'O que uma organização escolheu para o dia a dia.' })
export class ConfiguracoesDaOrganizacao implements Configuracoes {
  @Field(() => Moeda, { description: 'A moeda de valores para os quais não se diz outra.' })
  moeda: Moeda;

  @Field(() => DiaDaSemana, { description: 'O dia em que a semana começa nos calendários.' })
  primeiroDiaDaSemana: DiaDaSemana;

  @Field(() => [DiaDaSemana], { description: 'Os dias em que se trabalha, na ordem da semana.' })
  diasUteis: DiaDaSemana[];
}
