import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { stillThere } from '../../../platform/errors';
import { permissionNames, permissions } from '../../../platform/permissions';
import { Exige } from '../../../platform/subgraph/access';
import { Guardavel } from '../../../platform/subgraph/guardavel';
import { Exclusao } from '../../../platform/values';
import type { UsuariosContext } from '../context';
import { criarPerfil } from './criar-perfil';
import { editarPerfil } from './editar-perfil';
import { excluirPerfil } from './excluir-perfil';
import { listarPerfis } from './listar-perfis';
import { CriarPerfilInput, EditarPerfilInput, ExcluirPerfilInput } from './perfil.input';
import { Perfil, Permissao } from './perfil.type';

@Resolver(() => Perfil)
export class PerfilResolver {
  @Exige('usuarios:ler')
  @Query(() => [Perfil], {
    description: 'Os perfis da organização: os que vêm com o sistema e depois os outros; no máximo 200.',
  })
  perfis(@Ctx() context: UsuariosContext) {
    return listarPerfis(context);
  }

  @Exige()
  @Guardavel(300)
  @Query(() => [Permissao], { description: 'Tudo o que um perfil pode permitir.' })
  permissoes(): Permissao[] {
    return permissionNames.map((codigo) => ({ codigo, ...permissions[codigo] }));
  }

  @Exige('perfis:administrar')
  @Mutation(() => Perfil, {
    description: 'Cria um perfil. Ele não pode permitir o que você mesmo não pode, nem ir mais longe.',
  })
  async criarPerfil(
    @Arg('dados', () => CriarPerfilInput, { description: 'O novo perfil.' }) dados: CriarPerfilInput,
    @Ctx() context: UsuariosContext,
  ) {
    const { id } = await criarPerfil(context, dados);
    return stillThere(context.loaders.perfil.load(id), 'Perfil');
  }

  @Exige('perfis:administrar')
  @Mutation(() => Perfil, {
    description: 'Altera um perfil; vale em segundos para todas as pessoas que o têm.',
  })
  async editarPerfil(
    @Arg('dados', () => EditarPerfilInput, { description: 'O perfil como deve ficar.' })
    dados: EditarPerfilInput,
    @Ctx() context: UsuariosContext,
  ) {
    const { id } = await editarPerfil(context, dados);
    return stillThere(context.loaders.perfil.load(id), 'Perfil');
  }

  @Exige('perfis:administrar')
  @Mutation(() => Exclusao, { description: 'Apaga um perfil que ninguém tem.' })
  excluirPerfil(
    @Arg('dados', () => ExcluirPerfilInput, { description: 'Qual.' }) { id }: ExcluirPerfilInput,
    @Ctx() context: UsuariosContext,
  ) {
    return excluirPerfil(context, id);
  }
}
