import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { UsuariosContext } from '../context';
import { Usuario } from '../usuario/usuario.type';
import { entrar } from './entrar';
import { renovarSessao } from './renovar-sessao';
import { sair } from './sair';
import { EntrarInput, RenovarSessaoInput, SessaoIniciada } from './sessao.type';

@Resolver(() => SessaoIniciada)
export class SessaoResolver {
  @FieldResolver(() => Usuario, { description: 'Quem entrou.' })
  usuario(@Root() sessao: SessaoIniciada, @Ctx() { usuarioDaSessao }: UsuariosContext) {
    return usuarioDaSessao(sessao);
  }

  @Mutation(() => SessaoIniciada, {
    description:
      'Entra com e-mail e senha, na organização usada por último. Se não conferem, o erro é UNAUTHENTICATED com motivo CREDENCIAIS_INVALIDAS.',
  })
  entrar(
    @Arg('dados', () => EntrarInput, { description: 'Com que se entra.' }) dados: EntrarInput,
    @Ctx() context: UsuariosContext,
  ) {
    return entrar(context, dados);
  }

  @Mutation(() => SessaoIniciada, {
    description:
      'Troca o token de renovação por tokens novos. Se já foi usado ou a sessão terminou, o erro é UNAUTHENTICATED com motivo SESSAO_INVALIDA.',
  })
  renovarSessao(
    @Arg('dados', () => RenovarSessaoInput, { description: 'O token a trocar.' }) dados: RenovarSessaoInput,
    @Ctx() context: UsuariosContext,
  ) {
    return renovarSessao(context, dados);
  }

  @Mutation(() => Boolean, {
    description:
      'Encerra a sessão de quem pede. Verdadeiro se terminou agora, falso se já tinha terminado. Ela não pode mais ser renovada; o token de acesso vale até expirar, em no máximo 15 minutos.',
  })
  sair(@Ctx() context: UsuariosContext) {
    return sair(context);
  }
}
