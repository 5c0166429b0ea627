import { Arg, Ctx, Directive, Query, Resolver } from 'type-graphql';
import { Publico } from '../../../platform/subgraph/access';
import type { UsuariosContext } from '../context';
import { Revogacao } from './revogacao.type';

@Resolver()
export class RevogacaoResolver {
  // Public for the router alone, which asks as nobody: no client sees the field.
  @Publico()
  @Directive('@inaccessible')
  @Query(() => [Revogacao], {
    description: 'As revogações que ainda podem recusar um token, para o roteador.',
  })
  revogacoes(
    @Arg('desde', () => Date, { description: 'Só as que recusam tokens a partir deste instante.' })
    desde: Date,
    @Ctx() { identity }: UsuariosContext,
  ) {
    return identity.run(({ revogacoes }) => revogacoes.desde(desde));
  }
}
