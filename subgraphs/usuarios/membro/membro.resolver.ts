import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { stillThere } from '../../../platform/errors';
import { ConnectionArgs } from '../../../platform/pagination/connection';
import { Exige } from '../../../platform/subgraph/access';
import type { UsuariosContext } from '../context';
import { listarConcessoes, permissoesDosPerfis } from '../perfil/concessoes';
import { Concessao, Perfil } from '../perfil/perfil.type';
import { Usuario } from '../usuario/usuario.type';
import { alterarPerfisDoMembro } from './alterar-perfis-do-membro';
import { desativarMembro } from './desativar-membro';
import { encerrarSessoesDoMembro } from './encerrar-sessoes-do-membro';
import { listarMembros } from './listar-membros';
import {
  AlterarPerfisDoMembroInput,
  DesativarMembroInput,
  EncerrarSessoesDoMembroInput,
  ReativarMembroInput,
} from './membro.input';
import { Membro, MembroConnection, MembroFiltro } from './membro.type';
import { reativarMembro } from './reativar-membro';

@Resolver(() => Membro)
export class MembroResolver {
  @FieldResolver(() => Usuario, { description: 'A pessoa.' })
  usuario(@Root() { usuario }: Membro): Usuario {
    return usuario;
  }

  @FieldResolver(() => [Perfil], { description: 'Os papéis da pessoa na organização.' })
  perfis(@Root() membro: Membro, @Ctx() { perfisDoMembro }: UsuariosContext) {
    return perfisDoMembro(membro);
  }

  @FieldResolver(() => [Concessao], {
    description: 'O que os perfis permitem juntos, cada permissão até onde vai o que chega mais longe.',
  })
  async permissoes(@Root() membro: Membro, @Ctx() { perfisDoMembro }: UsuariosContext) {
    return listarConcessoes(permissoesDosPerfis(await perfisDoMembro(membro)));
  }

  @Exige('usuarios:ler')
  @Query(() => MembroConnection, {
    description: 'As pessoas da organização, das mais antigas às mais novas.',
  })
  membros(
    @Args(() => ConnectionArgs) page: ConnectionArgs,
    @Arg('filtro', () => MembroFiltro, { defaultValue: { ativo: true }, description: 'Quais listar.' })
    filtro: MembroFiltro,
    @Ctx() context: UsuariosContext,
  ) {
    return listarMembros(context, filtro, page);
  }

  @Exige('usuarios:administrar')
  @Mutation(() => Membro, {
    description:
      'Troca os perfis de uma pessoa. Exige poder tudo o que os de antes e os novos permitem; vale em segundos.',
  })
  async alterarPerfisDoMembro(
    @Arg('dados', () => AlterarPerfisDoMembroInput, { description: 'De quem, e os perfis.' })
    dados: AlterarPerfisDoMembroInput,
    @Ctx() context: UsuariosContext,
  ) {
    const { id } = await alterarPerfisDoMembro(context, dados);
    return stillThere(context.loaders.membro.load(id), 'Membro');
  }

  @Exige('usuarios:administrar')
  @Mutation(() => Membro, {
    description: 'Impede uma pessoa de entrar na organização e encerra as suas sessões nela.',
  })
  async desativarMembro(
    @Arg('dados', () => DesativarMembroInput, { description: 'Quem.' }) dados: DesativarMembroInput,
    @Ctx() context: UsuariosContext,
  ) {
    const { id } = await desativarMembro(context, dados);
    return stillThere(context.loaders.membro.load(id), 'Membro');
  }

  @Exige('usuarios:administrar')
  @Mutation(() => Membro, {
    description: 'Deixa entrar de novo quem foi desativado, com os perfis que tinha.',
  })
  async reativarMembro(
    @Arg('dados', () => ReativarMembroInput, { description: 'Quem.' }) dados: ReativarMembroInput,
    @Ctx() context: UsuariosContext,
  ) {
    const { id } = await reativarMembro(context, dados);
    return stillThere(context.loaders.membro.load(id), 'Membro');
  }

  @Exige('usuarios:administrar')
  @Mutation(() => Membro, {
    description: 'Encerra todas as sessões de uma pessoa na organização; ela pode entrar de novo.',
  })
  async encerrarSessoesDoMembro(
    @Arg('dados', () => EncerrarSessoesDoMembroInput, { description: 'De quem.' })
    dados: EncerrarSessoesDoMembroInput,
    @Ctx() context: UsuariosContext,
  ) {
    const { id } = await encerrarSessoesDoMembro(context, dados);
    return stillThere(context.loaders.membro.load(id), 'Membro');
  }
}
