import { FieldResolver, Resolver, Root } from 'type-graphql';
import { Usuario } from '../usuario/usuario.type';
import { Membro } from './membro.type';
import { permissoesDoPerfil } from './permissoes-do-perfil';

@Resolver(() => Membro)
export class MembroResolver {
  @FieldResolver(() => Usuario, { description: 'A pessoa.' })
  usuario(@Root() { usuario }: Membro): Usuario {
    return usuario;
  }

  @FieldResolver(() => [String], {
    description: 'O que o perfil permite, como `recurso:acao`: `clientes:escrever`.',
  })
  permissoes(@Root() { perfil }: Membro): readonly string[] {
    return permissoesDoPerfil[perfil];
  }
}
