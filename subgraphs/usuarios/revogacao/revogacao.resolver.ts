import { Arg, Ctx, Directive, Query, Resolver } from 'type-graphql';
import { Publico } from '../../../platform/subgraph/access';
import type { UsuariosContext } from '../context';
import { Revogacoes } from './revogacao.type';

@Resolver()
export class RevogacaoResolver {
  // Public for the router alone, which asks as nobody: no client sees the field.
  @Publico()
  @Directive('@inaccessible')
  @Query(() => Revogacoes, {
    description: 'As revogações que ainda podem recusar um token, para o roteador.',
  })
  revogacoes(
    @Arg('registradasDesde', () => Date, {
      nullable: true,
      description:
        'Só as registradas a partir deste instante do relógio do banco de dados; todas, se omitido.',
    })
    registradasDesde: Date | null,
    @Ctx() { lerRevogacoes }: UsuariosContext,
  ) {
    return lerRevogacoes(registradasDesde ?? null);
  }
}
