import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { stillThere } from '../../../platform/errors';
import { requireCaller } from '../../../platform/permissions';
import { Exige, Publico } from '../../../platform/subgraph/access';
import { Custa } from '../../../platform/subgraph/cost';
import { Limite } from '../../../platform/subgraph/limite';
import type { UsuariosContext } from '../context';
import { SessaoIniciada } from '../sessao/sessao.type';
import { confirmarEmail } from './confirmar-email';
import {
  ConfirmarEmailInput,
  Organizacao,
  PedidoDeRegistro,
  RegistrarOrganizacaoInput,
} from './organizacao.type';
import { registrarOrganizacao } from './registrar-organizacao';

@Resolver()
export class OrganizacaoResolver {
  @Exige()
  @Query(() => Organizacao, { description: 'A organização em que se está.' })
  organizacao(@Ctx() { caller, loaders }: UsuariosContext) {
    return stillThere(loaders.organizacao.load(requireCaller(caller).organizacaoId), 'Organização');
  }

  @Publico()
  @Limite({ max: 30, janela: '1h', por: ['IP'] })
  @Custa(100)
  @Mutation(() => PedidoDeRegistro, {
    description:
      'Pede o registro de uma organização e envia um link que leva a `/confirmar-email#token=…`. A resposta não diz se há alguém com o e-mail. Um e-mail recebe no máximo 5 destas mensagens por hora.',
  })
  registrarOrganizacao(
    @Arg('dados', () => RegistrarOrganizacaoInput, { description: 'A organização e quem a vai administrar.' })
    dados: RegistrarOrganizacaoInput,
    @Ctx() context: UsuariosContext,
  ) {
    return registrarOrganizacao(context, dados);
  }

  @Publico()
  @Limite({ max: 30, janela: '1m', por: ['IP'] })
  @Custa(500)
  @Mutation(() => SessaoIniciada, {
    description:
      'Conclui o registro de uma organização e entra nela. Se o token foi usado, expirou ou não existe, o erro é UNAUTHENTICATED com motivo TOKEN_DE_EMAIL_INVALIDO; se quem já tem cadastro erra a senha, com motivo CREDENCIAIS_INVALIDAS, e o token continua valendo.',
  })
  confirmarEmail(
    @Arg('dados', () => ConfirmarEmailInput, { description: 'O token e a senha.' })
    dados: ConfirmarEmailInput,
    @Ctx() context: UsuariosContext,
  ) {
    return confirmarEmail(context, dados);
  }
}
