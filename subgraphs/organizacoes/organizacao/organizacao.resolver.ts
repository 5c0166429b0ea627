import { Arg, Args, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql';
import { ConnectionArgs } from '../../../platform/pagination/connection';
import { Exige } from '../../../platform/subgraph/access';
import type { OrganizacoesContext } from '../context';
import { Contexto, ContextoConnection } from '../contexto/contexto.type';
import { contextoAtual } from '../contexto/contexto-atual';
import { listarHistoricoDoContexto } from '../contexto/listar-historico-do-contexto';
import { Equipe } from '../equipe/equipe.type';
import { listarEquipes } from '../equipe/listar-equipes';
import { listarUnidades } from '../unidade/listar-unidades';
import { Unidade } from '../unidade/unidade.type';
import { configuracaoDe } from './configuracao-de';
import { configurarOrganizacao } from './configurar-organizacao';
import { ConfigurarOrganizacaoInput } from './organizacao.input';
import { ConfiguracoesDaOrganizacao, Organizacao } from './organizacao.type';
import { Segmento } from './segmento';

const ativas = { defaultValue: true, description: 'Ativas (verdadeiro) ou excluídas (falso).' };

/** Of another organization than the Caller's every field is null: a stub comes with any id. */
@Resolver(() => Organizacao)
export class OrganizacaoResolver {
  @Exige('organizacao:ler')
  @FieldResolver(() => Segmento, { nullable: true, description: 'O tipo de negócio.' })
  async segmento(@Root() { id }: Organizacao, @Ctx() context: OrganizacoesContext) {
    return (await configuracaoDe(context, id))?.segmento;
  }

  @Exige('organizacao:ler')
  @FieldResolver(() => String, {
    nullable: true,
    description: 'Fuso horário, pelo nome da IANA, por exemplo `America/Sao_Paulo`.',
  })
  async fusoHorario(@Root() { id }: Organizacao, @Ctx() context: OrganizacoesContext) {
    return (await configuracaoDe(context, id))?.fusoHorario;
  }

  @Exige('organizacao:ler')
  @FieldResolver(() => ConfiguracoesDaOrganizacao, {
    nullable: true,
    description: 'O que a organização escolheu para o dia a dia.',
  })
  async configuracoes(@Root() { id }: Organizacao, @Ctx() context: OrganizacoesContext) {
    return (await configuracaoDe(context, id))?.configuracoes;
  }

  @Exige('organizacao:ler')
  @FieldResolver(() => Int, {
    nullable: true,
    description:
      'Aumenta a cada alteração de `segmento`, `fusoHorario` ou `configuracoes`, 0 antes da primeira; envie de volta ao configurar.',
  })
  async versao(@Root() { id }: Organizacao, @Ctx() context: OrganizacoesContext) {
    return (await configuracaoDe(context, id))?.versao;
  }

  @Exige('organizacao:ler')
  @FieldResolver(() => [Unidade], {
    nullable: true,
    description: 'As unidades, da mais antiga à mais nova; no máximo 500.',
  })
  unidades(
    @Root() { id }: Organizacao,
    @Arg('ativo', () => Boolean, ativas) ativo: boolean,
    @Ctx() context: OrganizacoesContext,
  ) {
    return listarUnidades(context, id, ativo);
  }

  @Exige('organizacao:ler')
  @FieldResolver(() => [Equipe], {
    nullable: true,
    description: 'As equipes, da mais antiga à mais nova; no máximo 200.',
  })
  equipes(
    @Root() { id }: Organizacao,
    @Arg('ativo', () => Boolean, ativas) ativo: boolean,
    @Ctx() context: OrganizacoesContext,
  ) {
    return listarEquipes(context, id, ativo);
  }

  @Exige('organizacao:ler')
  @FieldResolver(() => Contexto, {
    nullable: true,
    description: 'O que a organização disse do seu negócio, na versão que vale; nulo se nada disse.',
  })
  contexto(@Root() { id }: Organizacao, @Ctx() context: OrganizacoesContext) {
    return contextoAtual(context, id);
  }

  @Exige('organizacao:ler')
  @FieldResolver(() => ContextoConnection, {
    nullable: true,
    description: 'As versões do contexto, da mais nova à mais antiga.',
  })
  historicoDoContexto(
    @Root() { id }: Organizacao,
    @Args(() => ConnectionArgs) page: ConnectionArgs,
    @Ctx() context: OrganizacoesContext,
  ) {
    return listarHistoricoDoContexto(context, id, page);
  }

  @Exige('organizacao:configurar')
  @Mutation(() => Organizacao, { description: 'Altera como a organização funciona.' })
  configurarOrganizacao(
    @Arg('dados', () => ConfigurarOrganizacaoInput, { description: 'O que mudar.' })
    dados: ConfigurarOrganizacaoInput,
    @Ctx() context: OrganizacoesContext,
  ): Promise<Organizacao> {
    return configurarOrganizacao(context, dados);
  }
}
