import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Exige } from '../../../platform/subgraph/access';

@Exige('organizacao:ler')
@Directive('@key(fields: "id")')
@ObjectType({ description: 'Pessoas da organização que trabalham juntas.' })
export class Equipe {
  @Field(() => ID, { description: 'Identificador (UUID).' })
  id: string;

  @Field(() => String, { description: 'Nome da equipe.' })
  nome: string;

  @Field(() => Boolean, { description: 'Falso quando foi excluída e pode ser reativada.' })
  ativo: boolean;

  @Field(() => Int, {
    description: 'Aumenta a cada alteração do nome ou de `ativo`; envie de volta ao editar.',
  })
  versao: number;
}

/** Somebody who is in an Equipe. */
export type MembroDaEquipe = { readonly equipeId: string; readonly usuarioId: string };
