import { defineSubgraph } from '../../platform/subgraph/define-subgraph';
import { extendedEntity, ownedEntity, referencedEntity } from '../../platform/subgraph/entities';
import { createContext, type OrganizacoesContext, start } from './context';
import { ContextoResolver } from './contexto/contexto.resolver';
import { EquipeResolver } from './equipe/equipe.resolver';
import { Equipe } from './equipe/equipe.type';
import { OrganizacaoResolver } from './organizacao/organizacao.resolver';
import { Organizacao } from './organizacao/organizacao.type';
import { UnidadeResolver } from './unidade/unidade.resolver';
import { Usuario } from './usuario/usuario.type';

export default defineSubgraph({
  name: 'organizacoes',
  entities: [
    ownedEntity(Equipe, ({ loaders }: OrganizacoesContext, id) => loaders.equipe.load(id)),
    extendedEntity(Organizacao),
    referencedEntity(Usuario),
  ],
  resolvers: [OrganizacaoResolver, UnidadeResolver, EquipeResolver, ContextoResolver],
  start,
  context: createContext,
});
