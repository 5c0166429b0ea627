import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { ConnectionArgs } from '../../../platform/pagination/connection';
import { Exige } from '../../../platform/subgraph/access';
import { Custa } from '../../../platform/subgraph/cost';
import { Limite } from '../../../platform/subgraph/limite';
import type { UsuariosContext } from '../context';
import { Usuario } from '../usuario/usuario.type';
import { AuditoriaFiltro, RegistroAuditoria, RegistroAuditoriaConnection } from './auditoria.type';
import { listarAuditoria } from './listar-auditoria';
import { VerificacaoAuditoria, VerificarAuditoriaInput } from './verificacao.type';
import { verificarAuditoria } from './verificar-auditoria';

@Resolver(() => RegistroAuditoria)
export class AuditoriaResolver {
  @Exige('auditoria:ler')
  @Limite({ max: 120, janela: '1m', por: ['USUARIO'] })
  @Custa(10)
  @Query(() => RegistroAuditoriaConnection, {
    description: 'O que aconteceu na organização, do mais novo ao mais antigo, uma página de cada vez.',
  })
  auditoria(
    @Args(() => ConnectionArgs) page: ConnectionArgs,
    @Arg('filtro', () => AuditoriaFiltro, { defaultValue: {}, description: 'Quais registros.' })
    filtro: AuditoriaFiltro,
    @Ctx() context: UsuariosContext,
  ) {
    return listarAuditoria(context, filtro, page);
  }

  @Exige('auditoria:ler')
  @Limite({ max: 20, janela: '1m', por: ['USUARIO', 'ORGANIZACAO'] })
  @Custa(1000)
  @Query(() => VerificacaoAuditoria, {
    description:
      'Procura registros da auditoria que mudaram ou sumiram desde que foram selados; até dez vezes por minuto em cada organização.',
  })
  verificarAuditoria(
    @Arg('dados', () => VerificarAuditoriaInput, {
      defaultValue: { desdeNumero: 1 },
      description: 'O que verificar.',
    })
    dados: VerificarAuditoriaInput,
    @Ctx() context: UsuariosContext,
  ) {
    return verificarAuditoria(context, dados);
  }

  @FieldResolver(() => Usuario, {
    nullable: true,
    description: 'Quem foi; nulo se foi o sistema, ou alguém que não chegou a entrar.',
  })
  usuario(@Root() { usuarioId }: RegistroAuditoria, @Ctx() { loaders }: UsuariosContext) {
    return usuarioId ? loaders.usuario.load(usuarioId) : null;
  }
}
