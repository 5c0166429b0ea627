import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Exige, Publico } from '../../../platform/subgraph/access';
import { Custa } from '../../../platform/subgraph/cost';
import { Limite } from '../../../platform/subgraph/limite';
import type { UsuariosContext } from '../context';
import { Usuario } from '../usuario/usuario.type';
import { encerrarSessao } from './encerrar-sessao';
import { entrar } from './entrar';
import { listarSessoes, minhasOrganizacoes } from './listar-sessoes';
import { renovarSessao } from './renovar-sessao';
import { sair } from './sair';
import { sairDeTodas } from './sair-de-todas';
import {
  EncerrarSessaoInput,
  EntrarInput,
  MinhaOrganizacao,
  RenovarSessaoInput,
  Sessao,
  SessaoIniciada,
  TrocarOrganizacaoInput,
} from './sessao.type';
import { trocarOrganizacao } from './trocar-organizacao';

@Resolver(() => SessaoIniciada)
export class SessaoResolver {
  @FieldResolver(() => Usuario, { description: 'Quem entrou.' })
  usuario(@Root() sessao: SessaoIniciada, @Ctx() { usuarioDaSessao }: UsuariosContext) {
    return usuarioDaSessao(sessao);
  }

  @Exige()
  @Query(() => [Sessao], {
    description:
      'As sessões abertas de quem pede, em todas as organizações: as 100 usadas por último, a mais recente primeiro.',
  })
  sessoes(@Ctx() context: UsuariosContext) {
    return listarSessoes(context);
  }

  @Exige()
  @Query(() => [MinhaOrganizacao], { description: 'As organizações a que pertence quem pede, por nome.' })
  minhasOrganizacoes(@Ctx() context: UsuariosContext) {
    return minhasOrganizacoes(context);
  }

  @Publico()
  @Limite({ max: 60, janela: '1m', por: ['IP'] })
  @Custa(500)
  @Mutation(() => SessaoIniciada, {
    description:
      'Entra com e-mail e senha, na organização usada por último. Se não conferem, o erro é UNAUTHENTICATED com motivo CREDENCIAIS_INVALIDAS; depois de tentativas demais, RATE_LIMITED por 15 minutos.',
  })
  entrar(
    @Arg('dados', () => EntrarInput, { description: 'Com que se entra.' }) dados: EntrarInput,
    @Ctx() context: UsuariosContext,
  ) {
    return entrar(context, dados);
  }

  @Publico()
  @Limite({ max: 300, janela: '1m', por: ['IP'] })
  @Mutation(() => SessaoIniciada, {
    description:
      'Troca o token de renovação por tokens novos, com as permissões de agora. O erro é UNAUTHENTICATED: com motivo RENOVACAO_SIMULTANEA se outra requisição o trocou há menos de 10 segundos (use os tokens dela), com motivo SESSAO_INVALIDA se a sessão terminou. Um token trocado há mais tempo encerra a sessão, também se ela continuou em outra organização, pois alguém o copiou. Depois de 30 renovações em 15 minutos, RATE_LIMITED.',
  })
  renovarSessao(
    @Arg('dados', () => RenovarSessaoInput, { description: 'O token a trocar.' }) dados: RenovarSessaoInput,
    @Ctx() context: UsuariosContext,
  ) {
    return renovarSessao(context, dados);
  }

  @Exige()
  @Mutation(() => Boolean, {
    description:
      'Encerra a sessão de quem pede. Verdadeiro se terminou agora, falso se já tinha terminado. Nenhum dos seus tokens vale mais.',
  })
  sair(@Ctx() context: UsuariosContext) {
    return sair(context);
  }

  @Exige()
  @Mutation(() => Boolean, {
    description:
      'Encerra todas as sessões de quem pede, em todas as organizações, também a desta requisição.',
  })
  sairDeTodas(@Ctx() context: UsuariosContext) {
    return sairDeTodas(context);
  }

  @Exige()
  @Mutation(() => Boolean, {
    description: 'Encerra uma das sessões de quem pede. Se não é sua ou já terminou, o erro é NOT_FOUND.',
  })
  encerrarSessao(
    @Arg('dados', () => EncerrarSessaoInput, { description: 'Qual.' }) dados: EncerrarSessaoInput,
    @Ctx() context: UsuariosContext,
  ) {
    return encerrarSessao(context, dados);
  }

  @Exige()
  @Mutation(() => SessaoIniciada, {
    description:
      'Encerra esta sessão e a continua em outra organização de quem pede, sem pedir a senha e até quando duraria. Se não pertence a ela, o erro é NOT_FOUND; se já está nela, CONFLICT com motivo MESMA_ORGANIZACAO; depois de 30 trocas e renovações em 15 minutos, RATE_LIMITED.',
  })
  trocarOrganizacao(
    @Arg('dados', () => TrocarOrganizacaoInput, { description: 'Qual organização.' })
    dados: TrocarOrganizacaoInput,
    @Ctx() context: UsuariosContext,
  ) {
    return trocarOrganizacao(context, dados);
  }
}
