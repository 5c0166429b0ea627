import { Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Exige } from '../../../platform/subgraph/access';
import type { UsuariosContext } from '../context';
import { Membro } from '../membro/membro.type';
import { eu } from './eu';
import { Usuario } from './usuario.type';

@Resolver(() => Usuario)
export class UsuarioResolver {
  @Exige()
  @Query(() => Usuario, { description: 'Quem está usando o sistema. Exige ter entrado.' })
  eu(@Ctx() context: UsuariosContext) {
    return eu(context);
  }

  @FieldResolver(() => Membro, {
    nullable: true,
    description: 'O vínculo da pessoa com a organização em que se está.',
  })
  membro(@Root() usuario: Usuario): Membro {
    return { ...usuario.vinculo, usuario };
  }
}
