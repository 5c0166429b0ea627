import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { stillThere } from '../../../platform/errors';
import { ConnectionArgs } from '../../../platform/pagination/connection';
import { Exige, Publico } from '../../../platform/subgraph/access';
import { Custa } from '../../../platform/subgraph/cost';
import { Limite } from '../../../platform/subgraph/limite';
import type { UsuariosContext } from '../context';
import { Perfil } from '../perfil/perfil.type';
import { SessaoIniciada } from '../sessao/sessao.type';
import { Usuario } from '../usuario/usuario.type';
import { aceitarConvite } from './aceitar-convite';
import { cancelarConvite } from './cancelar-convite';
import { convidarUsuario } from './convidar-usuario';
import {
  AceitarConviteInput,
  CancelarConviteInput,
  ConvidarUsuarioInput,
  ReenviarConviteInput,
} from './convite.input';
import { Convite, ConviteConnection } from './convite.type';
import { listarConvites } from './listar-convites';
import { reenviarConvite } from './reenviar-convite';

const convite = ({ loaders }: UsuariosContext, { id }: { readonly id: string }) =>
  stillThere(loaders.convite.load(id), 'Convite');

@Resolver(() => Convite)
export class ConviteResolver {
  @FieldResolver(() => Usuario, { nullable: true, description: 'Quem o enviou por último.' })
  convidadoPor(@Root() { convidadoPorId }: Convite, @Ctx() { loaders }: UsuariosContext) {
    return loaders.usuario.load(convidadoPorId);
  }

  @FieldResolver(() => [Perfil], {
    description: 'Os perfis que a pessoa terá, dos que ainda existem.',
  })
  async perfis(@Root() { perfilIds }: Convite, @Ctx() { loaders }: UsuariosContext) {
    const perfis = await Promise.all(perfilIds.map((id) => loaders.perfil.load(id)));
    return perfis.filter((perfil) => perfil !== null);
  }

  @Exige('usuarios:convidar')
  @Query(() => ConviteConnection, {
    description: 'Os convites para a organização, do mais novo ao mais antigo, também os que já não valem.',
  })
  convites(@Args(() => ConnectionArgs) page: ConnectionArgs, @Ctx() context: UsuariosContext) {
    return listarConvites(context, page);
  }

  @Exige('usuarios:convidar')
  @Limite({ max: 60, janela: '1h', por: ['USUARIO'] })
  @Mutation(() => Convite, {
    description:
      'Convida alguém para a organização e envia um link que leva a `/aceitar-convite#token=…` e vale por 7 dias. Só se dão perfis que não vão além das próprias permissões. Cada pessoa envia no máximo 50 convites por hora e cada organização 200 por dia, contados os que são enviados de novo.',
  })
  async convidarUsuario(
    @Arg('dados', () => ConvidarUsuarioInput, { description: 'Quem convidar.' }) dados: ConvidarUsuarioInput,
    @Ctx() context: UsuariosContext,
  ) {
    return convite(context, await convidarUsuario(context, dados));
  }

  @Exige('usuarios:convidar')
  @Mutation(() => Convite, { description: 'Cancela um convite: o link que foi enviado não vale mais.' })
  async cancelarConvite(
    @Arg('dados', () => CancelarConviteInput, { description: 'Qual.' }) { conviteId }: CancelarConviteInput,
    @Ctx() context: UsuariosContext,
  ) {
    return convite(context, await cancelarConvite(context, conviteId));
  }

  @Exige('usuarios:convidar')
  @Limite({ max: 60, janela: '1h', por: ['USUARIO'] })
  @Mutation(() => Convite, {
    description:
      'Envia um convite de novo, em nome de quem pede, por mais 7 dias; também um que expirou; conta como um convite novo.',
  })
  async reenviarConvite(
    @Arg('dados', () => ReenviarConviteInput, { description: 'Qual.' }) { conviteId }: ReenviarConviteInput,
    @Ctx() context: UsuariosContext,
  ) {
    return convite(context, await reenviarConvite(context, conviteId));
  }

  @Publico()
  @Limite({ max: 30, janela: '1m', por: ['IP'] })
  @Custa(500)
  @Mutation(() => SessaoIniciada, {
    description:
      'Aceita um convite e entra na organização. Se o token foi usado, expirou ou não existe, ou o convite foi cancelado, o erro é UNAUTHENTICATED com motivo TOKEN_DE_EMAIL_INVALIDO; se quem já tem cadastro erra a senha, com motivo CREDENCIAIS_INVALIDAS, e o token continua valendo.',
  })
  aceitarConvite(
    @Arg('dados', () => AceitarConviteInput, { description: 'O token e quem aceita.' })
    dados: AceitarConviteInput,
    @Ctx() context: UsuariosContext,
  ) {
    return aceitarConvite(context, dados);
  }
}
